package io.millrace.service;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.component.CannotListenException;
import io.millrace.telemetry.Exposition;
import io.millrace.telemetry.Exposition.CounterNames;
import io.millrace.telemetry.MetricRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Serves the collector's own metrics at {@code /metrics}; scrapes are answered one after another.
 *
 * <p>Started and shut down by the control thread; answers on virtual threads.
 */
final class MetricsServer {
  private final SmallHttpServer server;
  private volatile MetricRegistry shown;

  /** Binds and serves. */
  MetricsServer(InetSocketAddress address, MetricRegistry metrics, CounterNames names)
      throws CannotListenException {
    shown = metrics;
    server =
        SmallHttpServer.open("metrics", address, "/metrics", exchange -> answer(exchange, names));
  }

  /** Serves other metrics from the next scrape on. */
  void show(MetricRegistry metrics) {
    shown = metrics;
  }

  InetSocketAddress address() {
    return server.address();
  }

  void shutdown() {
    server.shutdown();
  }

  private void answer(HttpExchange exchange, CounterNames names) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Exposition form = Exposition.of(exchange.getRequestHeaders().getFirst("Accept"));
      byte[] body = write(form, names);
      exchange.getResponseHeaders().set("Content-Type", form.contentType());
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized byte[] write(Exposition form, CounterNames names) {
    return form.write(shown, names).getBytes(StandardCharsets.UTF_8);
  }
}
