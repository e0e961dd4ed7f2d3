package io.millrace.extension.serving;

import io.millrace.component.ByteBudget;
import io.millrace.extension.serving.OperatorServer.Page;
import io.millrace.transport.BodyFault;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests for a page, {@value #ANSWERS_MAX} at a time; more are answered 503. Thread
 * safe.
 */
final class PageHandler implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(PageHandler.class);
  private static final int ANSWERS_MAX = 64;

  private final String path;
  private final Page page;
  private final ByteBudget budget;
  private final Semaphore room = new Semaphore(ANSWERS_MAX);

  PageHandler(String path, Page page, ByteBudget budget) {
    this.path = path;
    this.page = page;
    this.budget = budget;
  }

  @Override
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    String method = exchange.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      return null;
    }
    HttpAnswer refusal = HttpAnswer.text(405, "method not allowed\n");
    return new HttpAnswer(
        refusal.status(), refusal.contentType(), refusal.body(), Map.of("allow", "GET, HEAD"));
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    budget.release(reservedBytes);
    if (!room.tryAcquire()) {
      exchange.answer(HttpAnswer.text(503, ANSWERS_MAX + " requests are under way already\n"));
      return;
    }
    String query = exchange.query();
    Thread.startVirtualThread(() -> {
      try {
        exchange.answer(answer(query));
      } finally {
        room.release();
      }
    });
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    exchange.answer(HttpAnswer.text(400, "a GET has no body\n"));
  }

  private HttpAnswer answer(String query) {
    try {
      return page.answer(query);
    } catch (IOException | RuntimeException e) { // the root of the request's thread
      logger.warn("{} cannot be answered", path, e);
      return HttpAnswer.text(500, e + "\n");
    }
  }
}
