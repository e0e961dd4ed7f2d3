package io.millrace.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.config.ServiceConfig.Admin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * browser names the page's origin in every POST. Methods are the control thread's; orders are taken
 * one after another on a thread of its own.
 */
final class AdminServer {
  private static final int BACKLOG = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Logger logger = LoggerFactory.getLogger(AdminServer.class);

  private final ControlRequests requests;
  private @Nullable Admin config;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService executor;

  AdminServer(ControlRequests requests) {
    this.requests = requests;
  }

  /** Listens as configured from now on; {@code null} for not at all. */
  void listen(@Nullable Admin wanted) throws IOException {
    if (wanted == null) {
      shutdown();
    } else if (!wanted.equals(config)) {
      shutdown();
      open(wanted);
    }
  }

  private void open(Admin wanted) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted.port());
    HttpServer opened;
    try {
      opened = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException("service.admin on " + address + ": " + e.getMessage(), e);
    }
    ExecutorService orders =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("admin").factory());
    opened.setExecutor(orders);
    opened.createContext("/reload", this::reload);
    opened.start();
    config = wanted;
    server = opened;
    executor = orders;
    logger.info("POST http://localhost:{}/reload reloads", opened.getAddress().getPort());
  }

  /** Returns where it listens; {@code null} when it does not. */
  @Nullable InetSocketAddress address() {
    return server == null ? null : server.getAddress();
  }

  void shutdown() {
    if (server != null && executor != null) {
      server.stop(0);
      executor.shutdownNow();
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
      ReloadResult result = requests.reload().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      int status =
          switch (result.outcome()) {
            case SUCCESS, UNCHANGED -> 200;
            case FAILURE -> 422;
            case RESTARTED -> 500;
          };
      String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
      answer(exchange, status, outcome + ": " + result.explanation() + "\n");
    } catch (TimeoutException | ExecutionException e) {
      answer(exchange, 504, "504 not done after " + PATIENCE.toSeconds() + " s; see the log\n");
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
