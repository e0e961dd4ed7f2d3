package io.millrace.receiver.otlp;

import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where JSON is converted: short texts at once, long ones on threads of their own, so that no event
 * loop stands still for one of them. Thread safe.
 */
final class JsonConversions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonConversions.class);
  private static final int SHORT_BYTES_MAX = 256 * 1024;
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final int WAITING_MAX = 64;
  private static final HttpAnswer FAILED = HttpAnswer.text(500, "500 internal error\n");

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("otlp-json-", 0).factory());

  JsonConversions() {
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Converts a text of this length now or soon.
   *
   * @return false when too many wait; nothing is done then
   */
  boolean run(int bytes, HttpExchange exchange, Runnable conversion) {
    if (bytes <= SHORT_BYTES_MAX) {
      conversion.run();
      return true;
    }
    try {
      threads.execute(() -> runAlone(exchange, conversion));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Takes no more, and lets those under way end. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private static void runAlone(HttpExchange exchange, Runnable conversion) {
    try {
      conversion.run();
    } catch (RuntimeException e) { // a mistake of ours; the sender must not wait for ever
      LOG.error("converting JSON", e);
      exchange.answer(FAILED);
    }
  }
}
