package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Response;

/** What a sink does with each request. Called on event loops: thread safe, never blocks. */
@FunctionalInterface
interface SinkBehaviour {
  /** Takes everything at once. */
  SinkBehaviour PROMPT =
      (count, response) -> {
        count.run();
        response.accept();
      };

  /**
   * Takes one request.
   *
   * @param count enters the request's spans in the ledger; not run for one that the sink forgets
   */
  void handle(Runnable count, Response response);
}
