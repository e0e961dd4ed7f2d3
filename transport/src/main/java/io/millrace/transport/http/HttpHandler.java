package io.millrace.transport.http;

import io.millrace.transport.BodyFault;
import java.util.function.Consumer;
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
  default @Nullable HttpAnswer check(HttpExchange exchange) {
    return null;
  }

  /**
   * Does the same where that may take time, in which nothing of the body is read.
   *
   * @param then is told what {@link #check} would return, once, now or later, from any thread
   */
  default void decide(HttpExchange exchange, Consumer<@Nullable HttpAnswer> then) {
    then.accept(check(exchange));
  }

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
