package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.config.ConfigException;
import io.millrace.service.Collector;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway whose queue joins requests, and names the tenant of each in a header, in front of a
 * collector that writes down whom it was told.
 */
class TenantsEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpSink sink;
  private @Nullable Collector collector;
  private int openPort;

  @TempDir Path folder;

  @BeforeEach
  void findPorts() throws Exception {
    sink = new OtlpSink();
    openPort = RunningMillrace.freePort();
  }

  @AfterEach
  void close() {
    if (collector != null) {
      collector.shutdown();
    }
    sink.close();
    client.close();
  }

  private Path config(String gatewayProcessors) throws Exception {
    int innerPort = RunningMillrace.freePort();
    String yaml =
        """
        extensions:
          headers_setter: {headers: [{key: X-Scope-OrgID, from_context: x-tenant}]}
        receivers:
          otlp/open:
            protocols: {http: {endpoint: "127.0.0.1:%d", include_metadata: true}}
          otlp/inner:
            protocols: {http: {endpoint: "127.0.0.1:%d", include_metadata: true}}
        processors:
          batch:
          attributes:
            actions: [{key: tenant, action: insert, from_context: metadata.x-scope-orgid}]
        exporters:
          otlphttp:
            endpoint: http://127.0.0.1:%d
            auth: {authenticator: headers_setter}
            sending_queue: {batch: {flush_timeout: 100ms}}
          otlp/sink: {endpoint: "http://127.0.0.1:%d"}
        service:
          telemetry: {metrics: {level: none}}
          extensions: [headers_setter]
          pipelines:
            traces/open: {receivers: [otlp/open], processors: %s, exporters: [otlphttp]}
            traces: {receivers: [otlp/inner], processors: [attributes], exporters: [otlp/sink]}
        """
            .formatted(openPort, innerPort, innerPort, sink.port(), gatewayProcessors);
    return Files.writeString(folder.resolve("tenants.yaml"), yaml);
  }

  private void post(String tenant, int spans) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + openPort + "/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .header("X-Tenant", tenant)
            .POST(BodyPublishers.ofByteArray(OtlpSamples.spanBytes(spans)))
            .build();
    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  @Test
  void everySpanGoesOutUnderTheNameOfItsSender() throws Exception {
    Collector started = new Collector(ExposedMetrics.load(config("[]").toString()), Clock.SYSTEM);
    collector = started;
    started.start();
    for (int i = 0; i < 5; i++) {
      post("a", 3);
      post("b", 2);
    }

    await()
        .atMost(PATIENCE)
        .until(() -> sink.traces.stream().flatMap(OtlpSink::spans).count() == 25);
    Map<String, Long> spansByTenant =
        sink.traces.stream()
            .flatMap(OtlpSink::spans)
            .map(TenantsEndToEndTest::tenant)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(spansByTenant).isEqualTo(Map.of("a", 15L, "b", 10L));
  }

  private static String tenant(Span span) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("tenant"))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void aBatchThatWouldJoinTenantsIsRefusedWhereItStands() throws Exception {
    Path file = config("[batch]");

    assertThatThrownBy(() -> ExposedMetrics.load(file.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "processor batch joins what exporter otlphttp keeps apart by metadata.x-tenant");
  }
}
