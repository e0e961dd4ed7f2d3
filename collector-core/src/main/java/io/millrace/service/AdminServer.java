package io.millrace.service;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.config.ServiceConfig.Admin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders for the running process on the loopback interface, if a port is configured: {@code
 * POST /reload} does what SIGHUP does and answers how it ended.
 *
 * <p>Whoever can log in to the machine may give orders; a page in a browser on it may not, and a
 * browser names the page's origin in every POST. Methods are the control thread's; orders wait on
 * virtual threads.
 */
final class AdminServer {
  private static final int PATIENCE_SECONDS = 60;
  private static final Logger logger = LoggerFactory.getLogger(AdminServer.class);

  private final ControlRequests requests;
  private @Nullable Admin config;
  private @Nullable SmallHttpServer server;

  AdminServer(ControlRequests requests) {
    this.requests = requests;
  }

  /**
   * Listens as configured from now on; {@code null} for not at all. Whoever has given an order
   * still hears how it ended.
   */
  void listen(@Nullable Admin wanted) throws IOException {
    if (Objects.equals(wanted, config)) {
      return;
    }
    if (server != null) {
      server.retire(PATIENCE_SECONDS);
    }
    server = null;
    config = null;
    if (wanted != null) {
      open(wanted);
    }
  }

  private void open(Admin wanted) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted.port());
    SmallHttpServer opened = SmallHttpServer.open("admin", address, "/reload", this::reload);
    config = wanted;
    server = opened;
    logger.info("POST http://localhost:{}/reload reloads", opened.address().getPort());
  }

  /** Returns where it listens; {@code null} when it does not. */
  @Nullable InetSocketAddress address() {
    return server == null ? null : server.address();
  }

  void shutdown() {
    if (server != null) {
      server.shutdown();
    }
    server = null;
    config = null;
  }

  private void reload(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        answer(exchange, 405, "405 method not allowed, supported: [POST]\n");
      } else if (exchange.getRequestHeaders().containsKey("Origin")) {
        answer(exchange, 403, "403 not from a browser\n");
      } else {
        answer(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      ReloadResult result = requests.reload().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      int status =
          switch (result.outcome()) {
            case SUCCESS, UNCHANGED -> 200;
            case FAILURE -> 422;
            case RESTARTED -> 500;
          };
      String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
      answer(exchange, status, outcome + ": " + result.explanation() + "\n");
    } catch (TimeoutException | ExecutionException e) {
      answer(exchange, 504, "504 not done after " + PATIENCE_SECONDS + " s; see the log\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "503 shutting down\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
