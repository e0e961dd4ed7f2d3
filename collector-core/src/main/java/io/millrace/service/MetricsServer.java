package io.millrace.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
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
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("metrics-", 0).factory());

  /** Binds and serves. */
  MetricsServer(InetSocketAddress address, MetricRegistry metrics) throws IOException {
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      executor.shutdown();
      throw new IOException("metrics on " + address + ": " + e.getMessage(), e);
    }
    server.setExecutor(executor);
    server.createContext("/metrics", exchange -> answer(exchange, metrics));
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  void shutdown() {
    server.stop(0);
    executor.shutdown();
  }

  private static void answer(HttpExchange exchange, MetricRegistry metrics) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] body = PrometheusText.write(metrics).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
