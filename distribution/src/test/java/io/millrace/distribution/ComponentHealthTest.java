package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.service.Collector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/**
 * Scenario: a backend is away. Guarantees: the first version of the health check stays green, the
 * second one names the exporter; both come from the same process.
 */
class ComponentHealthTest {
  private static final String ONE_SPAN =
      """
      {"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "order",
        "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174"}]}]}]}
      """;

  private final int inPort = freePort();
  private final int v1Port = freePort();
  private final int v2Port = freePort();

  private static int freePort() {
    try {
      return RunningMillrace.freePort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theSecondVersionNamesTheExporterWhoseBackendIsAway() throws Exception {
    Collector collector = new Collector(ExposedMetrics.load(yaml()), Clock.SYSTEM);
    try (HttpClient client = HttpClient.newHttpClient()) {
      collector.start();
      assertThat(get(client, v2Port, "/status").statusCode()).isEqualTo(200);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + inPort + "/v1/traces"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(ONE_SPAN))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

      await().until(() -> get(client, v2Port, "/status").statusCode() == 500);

      assertThat(get(client, v2Port, "/status?pipeline=traces&verbose").body())
          .contains(
              "\"exporter:otlp/away\":{\"healthy\":false,\"status\":\"StatusRecoverableError\"")
          .contains("\"receiver:otlp\":{\"healthy\":true,\"status\":\"StatusOK\"");
      assertThat(get(client, v1Port, "/").statusCode()).isEqualTo(200);
    } finally {
      collector.shutdown();
    }
  }

  private String yaml() throws IOException {
    return """
    yaml:{extensions: {health_check/1: {endpoint: "localhost:%d"},
                       health_check/2: {use_v2: true, http: {endpoint: "localhost:%d"},
                                        component_health: {include_recoverable_errors: true,
                                                           recovery_duration: 0s}}},
     receivers: {otlp: {protocols: {http: {endpoint: "localhost:%d"}}}},
     exporters: {otlp/away: {endpoint: "localhost:%d", tls: {insecure: true},
                             retry_on_failure: {initial_interval: 10ms, max_interval: 20ms,
                                                max_elapsed_time: 2s}}},
     service: {extensions: [health_check/1, health_check/2],
               telemetry: {metrics: {level: none}},
               pipelines: {traces: {receivers: [otlp], exporters: [otlp/away]}}}}
    """
        .formatted(v1Port, v2Port, inPort, RunningMillrace.freePort());
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
