package io.millrace.exporter.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.config.ConfigException;
import io.millrace.config.Secret;
import io.millrace.exporter.prometheusremotewrite.PrometheusRemoteWriteExporterConfig.Delta;
import io.millrace.exporter.promtranslation.DeltaConfig;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.promtranslation.TranslationConfig.Promotion;
import io.millrace.exporter.promtranslation.TranslationStrategy;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.transport.ClientTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusRemoteWriteExporterConfigTest {
  private static final String ENDPOINT = "endpoint: http://p:9090/api/v1/write\n";

  @Test
  void defaultsAreTheCollectors() {
    PrometheusRemoteWriteExporterConfig config = PrometheusRemoteWriteExporterConfig.defaults();
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.retryOnFailure())
        .isEqualTo(
            new RetryConfig(
                true,
                Duration.ofMillis(50),
                1.5,
                0.5,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5)));
    assertThat(config.remoteWriteQueue().queueSize()).isEqualTo(10_000);
    assertThat(config.lanes()).isEqualTo(5);
    assertThat(config.requestBytesMax()).isEqualTo(3_000_000);
    assertThat(config.sendMetadata()).isFalse();
    assertThat(config.translation()).isEqualTo(TranslationConfig.DEFAULT);
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    PrometheusRemoteWriteExporterConfig config =
        Configs.load(
            """
            endpoint: http://p:9090/api/v1/write?tenant=a
            tls: {server_name_override: n}
            headers: {X-Scope-OrgID: a, Content-Encoding: gzip, User-Agent: mine}
            compression: snappy
            timeout: 7s
            retry_on_failure: {initial_interval: 1s}
            remote_write_queue: {enabled: false, queue_size: 3, num_consumers: 2}
            namespace: ns
            external_labels: {cluster: c}
            add_metric_suffixes: true
            translation_strategy: UnderscoreEscapingWithoutSuffixes
            resource_to_telemetry_conversion: {enabled: false, exclude_service_attributes: true}
            promote_resource_attributes: [zone]
            label_name_underscore_sanitization: false
            label_name_preserve_multiple_underscores: false
            le_format: openmetrics
            convert_histograms_to_nhcb: true
            type_and_unit_labels: true
            delta: {enabled: true, max_streams: 5, max_stale: 1m, single_writer: true, instance: i}
            target_info: {enabled: false}
            export_created_metric: {enabled: true}
            disable_scope_info: true
            send_metadata: true
            max_batch_size_bytes: 1000
            max_batch_request_parallelism: 3
            protobuf_message: io.prometheus.write.v2.Request
            """);
    assertThat(config.delta()).isEqualTo(new Delta(true, 5, Duration.ofMinutes(1), true, "i"));
    assertThat(config.delta().stage(new ByteBudget(4000)))
        .isEqualTo(new DeltaConfig(5, Duration.ofMinutes(1), 1000, ""));
    assertThat(config.translation())
        .isEqualTo(
            new TranslationConfig(
                TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES,
                "ns",
                false,
                false,
                new Promotion(false, List.of("zone")),
                Map.of("cluster", "c"),
                false,
                false,
                true,
                true,
                true,
                true));
    assertThat(config.headers()).containsEntry("X-Scope-OrgID", new Secret("a"));
    assertThat(config.tls()).isEqualTo(new ClientTlsConfig(false, "", "", "", false, "n"));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.lanes()).isEqualTo(3);
    assertThat(config.requestBytesMax()).isEqualTo(1000);
    assertThat(config.sendMetadata()).isTrue();
    assertThat(config.client(config.protocol()).headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "X-Scope-OrgID", "a",
                "content-encoding", "snappy",
                "x-prometheus-remote-write-version", "2.0.0"));
  }

  @Test
  void convertsTheWholeResourceButNotTheService() throws ConfigException {
    assertThat(
            Configs.load(
                    ENDPOINT
                        + "resource_to_telemetry_conversion:"
                        + " {enabled: true, exclude_service_attributes: true}")
                .translation()
                .promotion())
        .isEqualTo(
            new Promotion(
                true, List.of("service.name", "service.namespace", "service.instance.id")));
  }

  @Test
  void theOlderWordTurnsSuffixesOff() throws ConfigException {
    assertThat(Configs.load(ENDPOINT + "add_metric_suffixes: false").translation().strategy())
        .isEqualTo(TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES);
  }

  @Test
  void keepsNamesAsTheyAreInRemoteWrite2Alone() throws ConfigException {
    PrometheusRemoteWriteExporterConfig config =
        Configs.load(
            ENDPOINT
                + "protobuf_message: io.prometheus.write.v2.Request\n"
                + "translation_strategy: NoTranslation");
    assertThat(config.translation().strategy()).isEqualTo(TranslationStrategy.NO_TRANSLATION);
    assertThat(config.client(config.protocol()).headers())
        .containsEntry("x-prometheus-remote-write-version", "2.0.0");
  }

  @Test
  void wantsAnEndpoint() {
    assertThatThrownBy(() -> Configs.load("namespace: a")).hasMessageContaining("endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compression: gzip",
        "translation_strategy: NoTranslation",
        "translation_strategy: Other",
        "le_format: other",
        "max_batch_size_bytes: -1",
        "protobuf_message: other",
        "wal: {directory: d}",
        "convert_histograms_to_nhcb: true",
        "delta: {max_streams: 0}",
        "delta: {max_stale: 0s}",
        "external_labels: {__a: b}",
        "external_labels: {a.b: c}",
        "external_labels: {a: ''}",
        "remote_write_queue: {num_consumers: 0}",
        "sending_queue: {}"
      })
  void refusesWhatItCannotDo(String line) {
    assertThatThrownBy(() -> Configs.load(ENDPOINT + line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(line.substring(0, line.indexOf(':')));
  }
}
