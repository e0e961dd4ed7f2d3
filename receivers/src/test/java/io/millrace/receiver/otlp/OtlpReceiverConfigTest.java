package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.transport.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpReceiverConfigTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int MIB = 1024 * 1024;

  @Test
  void turnsAProtocolOnThatIsPresentButEmpty() throws ConfigException {
    assertThat(load("protocols: {grpc: , http: {}}"))
        .isEqualTo(new OtlpReceiverConfig(new Protocols(Grpc.DEFAULT, Http.DEFAULT)));
  }

  @Test
  void leavesAProtocolOffThatIsAbsent() throws ConfigException {
    assertThat(load("protocols: {http: }"))
        .isEqualTo(new OtlpReceiverConfig(new Protocols(null, Http.DEFAULT)));
  }

  @Test
  void defaultsAreTheCollectorsButForTheSizes() {
    assertThat(Grpc.DEFAULT.endpoint()).isEqualTo("localhost:4317");
    assertThat(Http.DEFAULT.endpoint()).isEqualTo("localhost:4318");
    assertThat(Http.DEFAULT.tracesUrlPath()).isEqualTo("/v1/traces");
    assertThat(Http.DEFAULT.metricsUrlPath()).isEqualTo("/v1/metrics");
    assertThat(Http.DEFAULT.logsUrlPath()).isEqualTo("/v1/logs");
    assertThat(Grpc.DEFAULT.listenOn(ANY).messageBytesMax()).isEqualTo(16 * MIB);
    assertThat(Http.DEFAULT.listenOn(ANY).bodyBytesMax()).isEqualTo(20 * MIB);
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    OtlpReceiverConfig config =
        load(
            """
            protocols:
              grpc:
                endpoint: 0.0.0.0:1
                max_recv_msg_size_mib: 4
                max_concurrent_streams: 7
                include_metadata: true
              http:
                endpoint: "[::1]:2"
                max_request_body_size: 1000
                include_metadata: true
                traces_url_path: t
                metrics_url_path: /m
                logs_url_path: /a/l
            """);

    Grpc grpc = Objects.requireNonNull(config.protocols().grpc());
    assertThat(grpc.endpoint()).isEqualTo("0.0.0.0:1");
    assertThat(grpc.includeMetadata()).isTrue();
    assertThat(grpc.listenOn(ANY).messageBytesMax()).isEqualTo(4 * MIB);
    assertThat(grpc.listenOn(ANY).streamsPerConnectionMax()).isEqualTo(7);
    Http http = Objects.requireNonNull(config.protocols().http());
    assertThat(http.endpoint()).isEqualTo("[::1]:2");
    assertThat(http.includeMetadata()).isTrue();
    assertThat(http.tracesUrlPath()).isEqualTo("/t");
    assertThat(http.metricsUrlPath()).isEqualTo("/m");
    assertThat(http.logsUrlPath()).isEqualTo("/a/l");
    assertThat(http.listenOn(ANY).bodyBytesMax()).isEqualTo(1000);
  }

  @Test
  void takesNegativeBodySizeAsTheDefault() {
    assertThat(http("max_request_body_size: -1").listenOn(ANY).bodyBytesMax()).isEqualTo(20 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "protocols: ", "protocols: {}"})
  void requiresAProtocol(String yaml) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("protocols")
        .hasMessageContaining("grpc, http or both");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grpc: {endpoint: localhost} | endpoint",
        "grpc: {endpoint: 'a:65536'} | endpoint",
        "grpc: {endpoint: 'http://a:1'} | endpoint",
        "grpc: {max_recv_msg_size_mib: -1} | max_recv_msg_size_mib",
        "grpc: {max_recv_msg_size_mib: 1025} | max_recv_msg_size_mib",
        "grpc: {max_concurrent_streams: -1} | max_concurrent_streams",
        "http: {endpoint: '::1:4318'} | endpoint",
        "http: {traces_url_path: '/a b'} | traces_url_path",
        "http: {traces_url_path: '/a?b'} | traces_url_path",
        "http: {metrics_url_path: /v1/traces} | metrics_url_path",
        "http: {logs_url_path: /v1/metrics} | logs_url_path",
        "udp: | udp",
      })
  void blamesTheKey(String protocol, String key) {
    assertThatThrownBy(() -> load("protocols: {" + protocol + "}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:4317, localhost, 4317",
    "':4317', '', 4317",
    "'[::1]:1', ::1, 1",
    "10.0.0.1:0, 10.0.0.1, 0",
    "my-host.example:65535, my-host.example, 65535",
  })
  void readsAddresses(String endpoint, String host, int port) {
    assertThat(ListenAddress.parse(endpoint)).isEqualTo(new ListenAddress(host, port));
  }

  private static Http http(String keys) {
    return Objects.requireNonNull(Configured.http(keys).http());
  }

  private static OtlpReceiverConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new OtlpReceiverFactory(), yaml);
  }
}
