package io.millrace.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.telemetry.Exposition.CounterNames;
import io.millrace.telemetry.MetricRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final MetricRegistry metrics = new MetricRegistry();
  private final MetricsServer server = serve(new InetSocketAddress(loopback(), 0), metrics);

  @AfterEach
  void shutDown() {
    server.shutdown();
  }

  @Test
  void servesWhatTheRegistryHolds() throws Exception {
    metrics.counter("spans", "Spans.", "exporter", "a \"b\"").add(3);
    ProcessMetrics.register(metrics, new ByteBudget(7));
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains("# TYPE spans counter\nspans{exporter=\"a \\\"b\\\"\"} 3\n")
        .contains("millrace_budget_limit_bytes 7\n")
        .contains("# TYPE otelcol_process_uptime counter\n");
  }

  @Test
  void servesOpenMetricsToWhoeverReadsIt() throws Exception {
    metrics.counter("spans_total", "Spans.").add(3);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/metrics"))
            .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(response.body())
          .isEqualTo("# HELP spans Spans.\n# TYPE spans counter\nspans_total 3\n# EOF\n");
    }
  }

  @Test
  void anotherPathIsNotFound() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    HttpRequest delete = HttpRequest.newBuilder(uri("/metrics")).DELETE().build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(405);
    }
  }

  /** Scenario: clients begin a request and fall silent. Guarantees: scrapes are answered. */
  @Test
  void clientsThatFallSilentDoNotKeepAScrapeWaiting() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(loopback(), server.address().getPort());
        silent.add(socket);
        socket.getOutputStream().write("GET /metrics HT".getBytes(US_ASCII));
      }

      assertThat(get("/metrics").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aTakenPortIsNamed() {
    assertThatThrownBy(() -> new MetricsServer(server.address(), metrics, CounterNames.PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(server.address().getPort()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static MetricsServer serve(InetSocketAddress address, MetricRegistry metrics) {
    try {
      return new MetricsServer(address, metrics, CounterNames.PLAIN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
