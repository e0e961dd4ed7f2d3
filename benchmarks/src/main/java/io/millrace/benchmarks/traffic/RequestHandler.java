package io.millrace.benchmarks.traffic;

/** What a server does with a request. Called on event loops: thread safe, never blocks. */
@FunctionalInterface
public interface RequestHandler {
  /** Takes a request, whose array is its own. */
  void handle(byte[] request, Response response);
}
