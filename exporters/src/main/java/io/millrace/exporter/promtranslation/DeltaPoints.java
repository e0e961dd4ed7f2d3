package io.millrace.exporter.promtranslation;

import io.millrace.pdata.DataPointView;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import org.jspecify.annotations.Nullable;

/**
 * Reads points of one kind, adds them to a stream, and writes what they add up to. Start and time
 * have the same fields in all kinds. Confined to one thread at a time.
 */
interface DeltaPoints {
  /** The view to move to a point. */
  DataPointView view();

  RangeCursor exemplars();

  /** The fields of a point, and of a metric the one that holds the points. */
  record Tags(int data, int attributes, int exemplars, int flags) {}

  Tags tags();

  /** Returns why the point cannot be added to anything, or {@code null}. */
  @Nullable Rejection check(boolean isMonotonic);

  /** Returns a stream without a value. */
  DeltaStream newStream();

  /**
   * Returns why a point that is fine cannot be added to a stream of this kind without spoiling what
   * is in it, or {@code null}.
   */
  @Nullable Rejection checkWith(DeltaStream stream);

  /** Returns what a stream of this kind would take in memory with the point in it, in bytes. */
  int valueBytesWith(DeltaStream stream);

  /** Adds the point to a stream of this kind. */
  void addTo(DeltaStream stream);

  /** Appends the fields with the values of a stream of this kind. */
  void write(DeltaStream stream, ByteAppender out);
}
