package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import org.junit.jupiter.api.Test;

class OtlpReceiverConfigTest {
  @Test
  void anEmptyProtocolListensOnLocalhostWithTheDocumentedLimits() {
    assertThat(Grpc.DEFAULT).isEqualTo(new Grpc("localhost:4317", 16, 100, false));
    assertThat(Http.DEFAULT)
        .isEqualTo(
            new Http("localhost:4318", 20 << 20, false, "/v1/traces", "/v1/metrics", "/v1/logs"));
  }

  @Test
  void pathsGetALeadingSlash() {
    assertThat(new Http("localhost:1", 1, false, "t", "m", "/l"))
        .extracting(Http::tracesUrlPath, Http::metricsUrlPath, Http::logsUrlPath)
        .containsExactly("/t", "/m", "/l");
  }

  @Test
  void noProtocolIsRefused() {
    assertThatThrownBy(() -> new Protocols(null, null))
        .hasMessageContaining("grpc: none (expected: at least one of grpc, http)");
  }

  @Test
  void anEndpointWithoutPortIsRefused() {
    assertThatThrownBy(() -> new Grpc("localhost", 16, 100, false))
        .hasMessageContaining("endpoint: localhost (expected: host:port)");
    assertThatThrownBy(() -> new Http("::1:4318", 1, false, "", "", ""))
        .hasMessageContaining("endpoint: ::1:4318 (expected: host:port)");
  }

  @Test
  void limitsOutOfRangeAreAllReported() {
    assertThatThrownBy(() -> new Grpc("localhost:1", 0, 0, false))
        .hasMessageContaining("max_recv_msg_size_mib: 0")
        .hasMessageContaining("max_concurrent_streams: 0");
  }
}
