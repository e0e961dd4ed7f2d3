package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Grpc;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Http;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.grpc.GrpcKeepalive;
import io.millrace.transport.http.BodyLimits;
import io.millrace.transport.http.HttpServerConfig;
import io.millrace.transport.http.HttpTimeouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    assertThat(Http.DEFAULT.listenOn(ANY).body().bytesMax()).isEqualTo(20 * MIB);
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
                transport: tcp
                read_timeout: 5s
                min_body_rate: 7
                keepalive:
                  server_parameters:
                    max_connection_idle: 1m
                    max_connection_age: 2m
                    max_connection_age_grace: 3m
                    time: 4m
                    timeout: 5m
                  enforcement_policy: {min_time: 6m, permit_without_stream: false}
              http:
                endpoint: "[::1]:2"
                max_request_body_size: 1000
                include_metadata: true
                traces_url_path: t
                metrics_url_path: /m
                logs_url_path: /a/l
                compression_algorithms: [gzip]
                max_decompression_ratio: 50
                read_timeout: 1s
                read_header_timeout: 2s
                write_timeout: 3s
                idle_timeout: 4s
                min_body_rate: 5
                keep_alives_enabled: false
                response_headers: {X-Server: a}
                cors: {allowed_origins: ["*"], max_age: 9}
            """);

    Grpc grpc = Objects.requireNonNull(config.protocols().grpc());
    assertThat(grpc.endpoint()).isEqualTo("0.0.0.0:1");
    assertThat(grpc.includeMetadata()).isTrue();
    assertThat(grpc.listenOn(ANY).messageBytesMax()).isEqualTo(4 * MIB);
    assertThat(grpc.listenOn(ANY).streamsPerConnectionMax()).isEqualTo(7);
    assertThat(grpc.listenOn(ANY).pace()).isEqualTo(new BodyPaceLimits(Duration.ofSeconds(5), 7));
    assertThat(grpc.listenOn(ANY).keepalive())
        .isEqualTo(
            new GrpcKeepalive(
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(4),
                Duration.ofMinutes(5),
                Duration.ofMinutes(6),
                false));
    Http http = Objects.requireNonNull(config.protocols().http());
    assertThat(http.endpoint()).isEqualTo("[::1]:2");
    assertThat(http.includeMetadata()).isTrue();
    assertThat(http.tracesUrlPath()).isEqualTo("/t");
    assertThat(http.metricsUrlPath()).isEqualTo("/m");
    assertThat(http.logsUrlPath()).isEqualTo("/a/l");
    HttpServerConfig listen = http.listenOn(ANY);
    assertThat(listen.body()).isEqualTo(new BodyLimits(1000, 50, Set.of("gzip")));
    assertThat(listen.timeouts())
        .isEqualTo(
            new HttpTimeouts(
                Duration.ofSeconds(2),
                new BodyPaceLimits(Duration.ofSeconds(1), 5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4)));
    assertThat(listen.keepAlive()).isFalse();
    assertThat(listen.answerHeaders()).containsExactly(Map.entry("X-Server", "a"));
    assertThat(listen.cors().allowedOrigins()).containsExactly("*");
    assertThat(listen.cors().maxAge()).isEqualTo(9);
  }

  @Test
  void takesNegativeBodySizeAsTheDefault() {
    assertThat(http("max_request_body_size: -1").listenOn(ANY).body().bytesMax())
        .isEqualTo(20 * MIB);
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
        "grpc: {transport: unix} | transport",
        "grpc: {read_timeout: -1s} | read_timeout",
        "grpc: {keepalive: {server_parameters: {time: 0s}}} | keepalive.server_parameters.time",
        "grpc: {tls: } | tls.cert_file",
        "http: {compression_algorithms: [br]} | compression_algorithms",
        "http: {too_large_status: 414} | too_large_status",
        "http: {max_decompression_ratio: -1} | max_decompression_ratio",
        "http: {idle_timeout: -1s} | idle_timeout",
        "http: {response_headers: {'a b': c}} | response_headers",
        "http: {cors: {max_age: -1}} | cors.max_age",
        "http: {tls: {cert_file: /nowhere.pem}} | tls.cert_file",
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
