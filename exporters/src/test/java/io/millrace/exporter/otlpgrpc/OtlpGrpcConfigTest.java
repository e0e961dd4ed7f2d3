package io.millrace.exporter.otlpgrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.exporter.otlp.OtlpExporterFactory;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.exporter.tempo.TempoExporterFactory;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcConnection;
import io.millrace.transport.grpc.KeepaliveConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpGrpcConfigTest {
  private static OtlpGrpcConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new OtlpExporterFactory(), yaml);
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
    assertThat(defaults.isCareful()).isFalse();
    assertThat(defaults.balancerName()).isEqualTo("round_robin");
    assertThat(defaults.waitForReady()).isFalse();
    assertThat(defaults.keepalive()).isNull();
  }

  @Test
  void tempoIsOtlpWithCare() {
    OtlpGrpcConfig defaults = new TempoExporterFactory().defaultConfig();

    assertThat(defaults.dropInvalidSpans()).isTrue();
    assertThat(defaults.splitExhausted()).isTrue();
    assertThat(defaults.maxRequestBytes()).isEqualTo(2 << 20);
    assertThat(defaults.tenant()).isNull();
    assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesAnEndpointWithoutPortAndANegativeTimeout() {
    assertThatThrownBy(() -> load("endpoint: tempo\ntimeout: -1s"))
        .hasMessageContaining("endpoint: invalid value tempo")
        .hasMessageContaining("expected: host:port")
        .hasMessageContaining("timeout: invalid value -1s");
  }

  @Test
  void knowsTheCompressionsOfTheCollector() throws ConfigException {
    for (Compression compression : GrpcClientConfig.COMPRESSIONS) {
      String yaml = "{endpoint: 'tempo:4317', compression: " + compression + "}";
      assertThat(load(yaml).client().compression()).isEqualTo(compression);
    }
    assertThatThrownBy(() -> load("{endpoint: 'tempo:4317', compression: zlib}"))
        .hasMessageContaining("compression: invalid value zlib")
        .hasMessageContaining("expected: gzip, zstd, snappy or none");
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    OtlpGrpcConfig config =
        load(
            """
            endpoint: tempo:4317
            tls: {insecure: true, server_name_override: n}
            headers: {authorization: Bearer x}
            compression: none
            timeout: 1m
            retry_on_failure: {enabled: false}
            sending_queue: {queue_size: 7, sizer: items}
            balancer_name: pick_first
            authority: tempo.example
            wait_for_ready: true
            user_agent: edge
            keepalive: {time: 30s}
            drop_invalid_spans: true
            split_exhausted: true
            max_request_bytes: 1024
            tenant: {source: attributes, value: team}
            """);

    assertThat(config.endpoint()).isEqualTo("tempo:4317");
    assertThat(config.tls().insecure()).isTrue();
    assertThat(config.tls().serverNameOverride()).isEqualTo("n");
    assertThat(config.headers())
        .containsExactly(Map.entry("authorization", new Secret("Bearer x")));
    assertThat(config.compression()).isEqualTo(Compression.NONE);
    assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.retryOnFailure().enabled()).isFalse();
    assertThat(config.sendingQueue().queueSize()).isEqualTo(7);
    assertThat(config.sendingQueue().sizer()).isEqualTo(QueueConfig.Sizer.ITEMS);
    assertThat(config.client().connection())
        .isEqualTo(
            new GrpcConnection(
                "pick_first",
                "tempo.example",
                true,
                "edge",
                new KeepaliveConfig(Duration.ofSeconds(30), Duration.ofSeconds(10), false)));
    assertThat(config.dropInvalidSpans()).isTrue();
    assertThat(config.splitExhausted()).isTrue();
    assertThat(config.maxRequestBytes()).isEqualTo(1024);
    assertThat(config.tenant()).isEqualTo(new TenantConfig(TenantConfig.Source.ATTRIBUTES, "team"));
  }

  @Test
  void keepaliveAloneMeansItsDefaults() throws ConfigException {
    assertThat(load("endpoint: a:1\nkeepalive:").keepalive()).isEqualTo(KeepaliveConfig.DEFAULT);
    assertThatThrownBy(() -> load("endpoint: a:1\nkeepalive: {time: 0s}"))
        .hasMessageContaining("keepalive.time: invalid value 0s")
        .hasMessageContaining("expected: > 0s");
    assertThatThrownBy(() -> load("endpoint: a:1\nbalancer_name: random"))
        .hasMessageContaining("balancer_name")
        .hasMessageContaining("round_robin or pick_first");
  }

  @Test
  void asksForTheEndpoint() {
    assertThatThrownBy(() -> load("timeout: 1s"))
        .hasMessageContaining("endpoint")
        .hasMessageContaining("missing");
  }

  @Test
  void handsTheTransportWhatItNeeds() throws ConfigException {
    OtlpGrpcConfig config =
        load("endpoint: tempo:4317\ncompression: none\nheaders: {authorization: Bearer x}");

    assertThat(config.client().target()).isEqualTo("dns:///tempo:4317");
    assertThat(config.client().compression()).isEqualTo(Compression.NONE);
    assertThat(config.client().headers()).containsExactly(Map.entry("authorization", "Bearer x"));
  }

  @Test
  void theSchemeWinsOverTheTlsSection() throws ConfigException {
    assertThat(tls("https://tempo:4317", "insecure: true, server_name_override: n").insecure())
        .isFalse();
    assertThat(tls("https://tempo:4317", "insecure: true, server_name_override: n"))
        .extracting(ClientTlsConfig::serverNameOverride)
        .isEqualTo("n");
    assertThat(tls("http://tempo:4317", "").insecure()).isTrue();
    assertThat(tls("tempo:4317", "insecure: true").insecure()).isTrue();
    assertThat(tls("tempo:4317", "").insecure()).isFalse();
  }

  private static ClientTlsConfig tls(String endpoint, String section) throws ConfigException {
    return load("endpoint: %s\ntls: {%s}".formatted(endpoint, section)).client().tls();
  }

  @Test
  void answersToBothNames() {
    assertThat(new OtlpExporterFactory().type()).isEqualTo("otlp_grpc");
    assertThat(new OtlpExporterFactory().formerTypes()).containsExactly("otlp");
  }
}
