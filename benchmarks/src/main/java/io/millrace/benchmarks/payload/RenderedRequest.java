package io.millrace.benchmarks.payload;

/**
 * One request as bytes, and where its items' numbers are, so that a generator makes a fresh request
 * of it by overwriting them. Immutable.
 */
public interface RenderedRequest {
  /** Spans, data points or log records in a request. */
  int items();

  /** Returns a new request, to be {@linkplain #stamp stamped} before it is sent. */
  byte[] copy();

  /** Gives a copy of the request the numbers of the {@code request}th one, from 0. */
  void stamp(byte[] copy, long request);
}
