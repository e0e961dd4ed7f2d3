package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted arrives, whatever the backend does in between. */
class FaultyBackendTest {
  private static final int ORDERS = 20;
  private static final int APPLICATIONS = 10;

  @TempDir Path folder;

  @Test
  void everySpanArrivesOnceFromABackendThatRefusesEverySecondCall() throws Exception {
    try (OtlpSink sink = new OtlpSink()) {
      sink.isFlaky = true;
      try (RunningMillrace millrace =
          RunningMillrace.start(folder, quickRetries(sink.port()), "otlp")) {
        for (int i = 0; i < APPLICATIONS; i++) {
          try (Sdk sdk = Sdk.overGrpc(millrace.grpcPort())) {
            sdk.handle(ORDERS);
          }
        }
        int sent = 2 * ORDERS * APPLICATIONS;
        await().untilAsserted(() -> assertThat(spanIds(sink)).hasSize(sent));
        assertThat(spanIds(sink)).doesNotHaveDuplicates();
      }
    }
  }

  private static String quickRetries(int port) {
    return """
    exporters:
      otlp:
        endpoint: 127.0.0.1:%d
        tls: {insecure: true}
        retry_on_failure: {initial_interval: 20ms, max_interval: 200ms}
    """
        .formatted(port);
  }

  private static List<ByteString> spanIds(OtlpSink sink) {
    return sink.traces.stream().flatMap(OtlpSink::spans).map(Span::getSpanId).toList();
  }
}
