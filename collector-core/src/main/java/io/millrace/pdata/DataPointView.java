package io.millrace.pdata;

/** What the points of all kinds of metrics have. Confined to one thread. */
public interface DataPointView extends View {
  long startTimeUnixNano();

  long timeUnixNano();

  int flags();

  /** Each for an {@link AttributeView}. */
  RangeCursor attributes();
}
