package io.millrace.benchmarks.traffic;

/** A server that takes every request. Thread safe. */
public interface RequestServer extends AutoCloseable {
  /** What it may hold of requests that it is reading. */
  long BUDGET_BYTES = 256L * 1024 * 1024;

  int port();

  @Override
  void close();
}
