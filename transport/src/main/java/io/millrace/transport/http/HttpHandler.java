package io.millrace.transport.http;

import io.millrace.transport.BodyFault;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests to one path. Called on event loops, by several of them at once: thread safe
 * and never blocking.
 */
public interface HttpHandler {
  /**
   * Looks at a request before its body is read.
   *
   * @return the answer, if it does not depend on the body, which is then skipped; otherwise null
   */
  @Nullable HttpAnswer check(HttpExchange exchange);

  /**
   * Takes the body and its reservation, in every case, and answers, now or later.
   *
   * @param body decompressed, the whole array; the handler's from now on
   * @param reservedBytes what is reserved of the server's budget for it
   */
  void handle(HttpExchange exchange, byte[] body, long reservedBytes);

  /** Answers a request whose body could not be taken in; nothing is reserved. */
  void fail(HttpExchange exchange, BodyFault fault);
}
