package io.millrace.exporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.promtranslation.TranslationConfig.Promotion;
import io.millrace.exporter.promtranslation.TranslationStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusExporterConfigTest {
  @Test
  void hasTheDefaultsOfTheCollector() throws Exception {
    PrometheusExporterConfig config = Configs.load("endpoint: localhost:8889");

    assertThat(config.metricExpiration()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.sendTimestamps()).isFalse();
    assertThat(config.enableOpenMetrics()).isFalse();
    assertThat(config.translation()).isEqualTo(TranslationConfig.DEFAULT);
  }

  @Test
  void mapsEveryKey() throws Exception {
    PrometheusExporterConfig config =
        Configs.load(
            """
            endpoint: localhost:8889
            namespace: shop
            const_labels: {region: eu}
            send_timestamps: true
            metric_expiration: 10m
            enable_open_metrics: true
            resource_to_telemetry_conversion: {enabled: true, exclude_service_attributes: true}
            promote_resource_attributes: [host.name]
            add_metric_suffixes: false
            translation_strategy: NoUTF8EscapingWithSuffixes
            without_scope_info: true
            max_bytes: 1000
            """);

    assertThat(config.sendTimestamps()).isTrue();
    assertThat(config.metricExpiration()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.enableOpenMetrics()).isTrue();
    assertThat(config.promoteResourceAttributes()).containsExactly("host.name");
    assertThat(config.maxBytes()).isEqualTo(1000);
    TranslationConfig translation = config.translation();
    assertThat(translation.namespace()).isEqualTo("shop");
    assertThat(translation.externalLabels()).isEqualTo(Map.of("region", "eu"));
    assertThat(translation.strategy()).isEqualTo(TranslationStrategy.NO_TRANSLATION);
    assertThat(translation.scopeLabels()).isFalse();
    assertThat(translation.promotion())
        .isEqualTo(
            new Promotion(
                true, List.of("service.name", "service.namespace", "service.instance.id")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint: nowhere",
        "metric_expiration: 0s",
        "translation_strategy: Sometimes",
        "max_bytes: -1",
        "const_labels: {__name__: x}",
        "tls: {cert_file: a}"
      })
  void refusesWhatCannotWork(String line) {
    String yaml = line.startsWith("endpoint") ? line : "endpoint: localhost:8889\n" + line;
    assertThatThrownBy(() -> Configs.load(yaml))
        .hasMessageContaining(line.substring(0, line.indexOf(':')));
  }
}
