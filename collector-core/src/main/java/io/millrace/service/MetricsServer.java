package io.millrace.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.telemetry.Exposition;
import io.millrace.telemetry.Exposition.CounterNames;
import io.millrace.telemetry.MetricRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the collector's own metrics at {@code /metrics}; scrapes are answered one after another.
 *
 * <p>Started and shut down by the control thread; reads metrics on one thread of its own.
 */
final class MetricsServer {
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private volatile MetricRegistry shown;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("metrics-", 0).factory());

  /** Binds and serves. */
  MetricsServer(InetSocketAddress address, MetricRegistry metrics, CounterNames names)
      throws IOException {
    shown = metrics;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      executor.shutdown();
      throw new IOException("metrics on " + address + ": " + e.getMessage(), e);
    }
    server.setExecutor(executor);
    server.createContext("/metrics", exchange -> answer(exchange, names));
    server.start();
  }

  /** Serves other metrics from the next scrape on. */
  void show(MetricRegistry metrics) {
    shown = metrics;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  void shutdown() {
    server.stop(0);
    executor.shutdown();
  }

  private void answer(HttpExchange exchange, CounterNames names) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Exposition form = Exposition.of(exchange.getRequestHeaders().getFirst("Accept"));
      byte[] body = form.write(shown, names).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", form.contentType());
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
