package io.millrace.benchmarks.traffic;

/** A server that leaves the answers to its {@link RequestHandler}. Thread safe. */
public interface RequestServer extends AutoCloseable {
  /** What it may hold of requests that it is reading. */
  long BUDGET_BYTES = 256L * 1024 * 1024;

  int port();

  @Override
  void close();
}
