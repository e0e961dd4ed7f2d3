package io.millrace.benchmarks.traffic;

/**
 * What a server says to one request: one of the methods once, from any thread, or none at all for a
 * server that hangs.
 */
public interface Response {
  void accept();

  /** Refuses for now, without a hint. */
  void refuse();
}
