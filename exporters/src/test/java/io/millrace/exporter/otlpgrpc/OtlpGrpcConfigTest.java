package io.millrace.exporter.otlpgrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.exporter.otlp.OtlpExporterFactory;
import io.millrace.exporter.sending.Compression;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.transport.ClientTlsConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpGrpcConfigTest {
  private static OtlpGrpcConfig config(String endpoint, ClientTlsConfig tls) {
    return new OtlpGrpcConfig(
        endpoint,
        tls,
        Map.of("authorization", new Secret("Bearer x")),
        Compression.NONE,
        Duration.ofSeconds(1),
        RetryConfig.DEFAULT,
        QueueConfig.DEFAULT);
  }

  @Test
  void defaultsAreTheCollectors() {
    OtlpGrpcConfig defaults = new OtlpExporterFactory().defaultConfig();

    assertThat(defaults.endpoint()).isNull();
    assertThat(defaults.tls()).isEqualTo(ClientTlsConfig.DEFAULT);
    assertThat(defaults.headers()).isEmpty();
    assertThat(defaults.compression()).isEqualTo(Compression.GZIP);
    assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.retryOnFailure()).isEqualTo(RetryConfig.DEFAULT);
    assertThat(defaults.sendingQueue()).isEqualTo(QueueConfig.DEFAULT);
  }

  @Test
  void refusesAnEndpointWithoutPortAndANegativeTimeout() {
    assertThatThrownBy(() ->
            new OtlpGrpcConfig(
                "tempo",
                ClientTlsConfig.DEFAULT,
                Map.of(),
                Compression.GZIP,
                Duration.ofSeconds(-1),
                RetryConfig.DEFAULT,
                QueueConfig.DEFAULT))
        .hasMessageContaining("endpoint: tempo (expected: host:port")
        .hasMessageContaining("timeout: -1s (expected: >= 0s)");
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                endpoint: tempo:4317
                tls: {insecure: true, cert_file: c, key_file: k, server_name_override: n}
                headers: {authorization: Bearer x}
                compression: none
                timeout: 1m
                retry_on_failure: {enabled: false}
                sending_queue: {queue_size: 7, sizer: items}
                """))
        .isEqualTo(
            new OtlpGrpcConfig(
                "tempo:4317",
                new ClientTlsConfig(true, "", "c", "k", false, "n"),
                Map.of("authorization", new Secret("Bearer x")),
                Compression.NONE,
                Duration.ofMinutes(1),
                new RetryConfig(
                    false,
                    Duration.ofSeconds(5),
                    1.5,
                    0.5,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5)),
                new QueueConfig(
                    true,
                    10,
                    7,
                    QueueConfig.Sizer.ITEMS,
                    false,
                    false,
                    QueueConfig.OnFull.DROP,
                    0,
                    null,
                    null)));
  }

  @Test
  void asksForTheEndpoint() {
    assertThatThrownBy(() -> load("timeout: 1s"))
        .hasMessageContaining("endpoint")
        .hasMessageContaining("missing");
  }

  private static OtlpGrpcConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new OtlpExporterFactory(), yaml);
  }

  @Test
  void handsTheTransportWhatItNeeds() {
    assertThat(config("tempo:4317", ClientTlsConfig.PLAINTEXT).client().target())
        .isEqualTo("dns:///tempo:4317");
    assertThat(config("tempo:4317", ClientTlsConfig.PLAINTEXT).client().gzip()).isFalse();
    assertThat(config("tempo:4317", ClientTlsConfig.PLAINTEXT).client().headers())
        .containsExactly(Map.entry("authorization", "Bearer x"));
  }

  @Test
  void theSchemeWinsOverTheTlsSection() {
    ClientTlsConfig files = new ClientTlsConfig(true, "ca", "cert", "key", true, "name");

    assertThat(config("https://tempo:4317", files).client().tls())
        .isEqualTo(new ClientTlsConfig(false, "ca", "cert", "key", true, "name"));
    assertThat(config("http://tempo:4317", ClientTlsConfig.DEFAULT).client().tls().insecure())
        .isTrue();
    assertThat(config("tempo:4317", files).client().tls()).isEqualTo(files);
  }

  @Test
  void answersToBothNames() {
    assertThat(new OtlpExporterFactory().type()).isEqualTo("otlp");
    assertThat(new OtlpExporterFactory().aliases()).containsExactly("otlp_grpc");
  }
}
