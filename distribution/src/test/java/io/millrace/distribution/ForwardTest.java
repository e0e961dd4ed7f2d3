package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario: one pipeline leads to two others, of which one joins batches and the other has a dead
 * backend; a reload changes what stands behind the connector.
 *
 * <p>Guarantees: the living backend gets everything once, and the books of every edge balance,
 * which closing the program checks.
 */
class ForwardTest {
  private static final int REQUESTS = 20;
  private static final int SPANS = 3;

  @TempDir Path folder;

  @Test
  void pipelinesLeadToPipelinesAndTheBooksOfAllBalance() throws Exception {
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = start(sink.port())) {
      send(millrace.grpcPort());
      await().untilAsserted(() -> assertThat(spanIds(sink)).hasSize(REQUESTS * SPANS));
      await()
          .untilAsserted(() ->
              assertThat(millrace.metrics())
                  .containsPattern(edge("otlp_grpc/out", "delivered", "traces/joined"))
                  .containsPattern(edge("otlp_grpc/dead", "dropped", "traces/dead"))
                  .containsPattern(edge("forward", "dropped", "traces/in")));

      String changed = Files.readString(millrace.config()).replace("10ms", "20ms");
      ReloadTest.reload(millrace, changed);
      ReloadTest.awaitReloads(millrace, "success", 1);
      send(millrace.grpcPort());

      await().untilAsserted(() -> assertThat(spanIds(sink)).hasSize(2 * REQUESTS * SPANS));
      assertThat(spanIds(sink)).doesNotHaveDuplicates();
    }
  }

  private RunningMillrace start(int port) throws Exception {
    String components =
        """
        processors:
          batch: {timeout: 10ms}
        exporters:
          otlp_grpc/out:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
          otlp_grpc/dead:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
            retry_on_failure: {enabled: false}
        connectors:
          forward:
        """
            .formatted(port, RunningMillrace.freePort());
    String pipelines =
        """
            traces/in: {receivers: [otlp], exporters: [forward]}
            traces/joined: {receivers: [forward], processors: [batch], exporters: [otlp_grpc/out]}
            traces/dead: {receivers: [forward], exporters: [otlp_grpc/dead]}
        """;
    return RunningMillrace.startPipelines(folder, components, pipelines);
  }

  private static void send(int port) throws Exception {
    try (RawSender sender = new RawSender(port)) {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(RawSender.status(sender.send(OtlpSamples.spanBytes(SPANS))).isOk()).isTrue();
      }
    }
  }

  private static String edge(String exporter, String outcome, String pipeline) {
    return "millrace_items_total\\{exporter=\"%s\",outcome=\"%s\",pipeline=\"%s\",.* %d\n"
        .formatted(exporter, outcome, pipeline, REQUESTS * SPANS);
  }

  private static List<ByteString> spanIds(OtlpSink sink) {
    return sink.traces.stream().flatMap(OtlpSink::spans).map(Span::getSpanId).toList();
  }
}
