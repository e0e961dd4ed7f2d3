package io.millrace.exporter.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.exporter.loki.LokiExporterConfig.DefaultLabels;
import io.millrace.exporter.sending.TenantConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiExporterConfigTest {
  private static final String URL = "http://loki:3100/loki/api/v1/push";

  @Test
  void defaultsAreTheFormerExporters() {
    LokiExporterConfig config = Configs.of(URL, "");

    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.lanes()).isEqualTo(10);
    assertThat(config.sendingQueue().queueSize()).isEqualTo(1000);
    assertThat(config.defaultLabelsEnabled()).isNull();
    assertThat(config.tenant()).isNull();
    assertThat(config.maxBatchSizeBytes()).isEqualTo(1 << 20);
  }

  @Test
  void everyKeyIsRead() throws ConfigException {
    LokiExporterConfig config =
        Configs.load(
            """
            endpoint: https://loki/push?x=1
            tls: {insecure_skip_verify: true}
            headers: {X-Scope-OrgID: a, Content-Type: text/plain}
            timeout: 3s
            retry_on_failure: {enabled: false}
            sending_queue: {num_consumers: 4}
            default_labels_enabled: {job: false}
            tenant: {source: context, value: tenant}
            max_batch_size_bytes: 5000
            """);

    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.lanes()).isEqualTo(4);
    assertThat(config.defaultLabelsEnabled()).isEqualTo(new DefaultLabels(true, false, true, true));
    assertThat(config.tenant()).isEqualTo(new TenantConfig(TenantConfig.Source.CONTEXT, "tenant"));
    assertThat(config.maxBatchSizeBytes()).isEqualTo(5000);
    assertThat(config.client().headers()).containsOnlyKeys("X-Scope-OrgID");
    assertThat(config.client().contentType()).isEqualTo("application/x-protobuf");
    assertThat(config.client().url()).hasToString("https://loki/push?x=1");
  }

  @Test
  void aSectionWithoutContentStandsForAllDefaultLabels() throws ConfigException {
    assertThat(
            Configs.load("endpoint: " + URL + "\ndefault_labels_enabled:").defaultLabelsEnabled())
        .isEqualTo(DefaultLabels.DEFAULT);
  }

  @Test
  void tenantsOfSendersMayBeJoinedApart() throws ConfigException {
    LokiExporterConfig config =
        Configs.load(
            """
            endpoint: http://loki/
            tenant: {source: context, value: x-tenant}
            sending_queue: {batch: {partition: {metadata_keys: [X-Tenant]}}}
            """);

    assertThat(config.sendingQueue().batch()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: 1s | endpoint",
        "endpoint: loki:3100 | endpoint",
        "{endpoint: 'http://l/', timeout: -1s} | timeout",
        "{endpoint: 'http://l/', max_batch_size_bytes: 10} | max_batch_size_bytes",
        "{endpoint: 'http://l/', tenant: {source: static, value: 'a b'}} | value",
        "{endpoint: 'http://l/', tenant: {source: magic, value: a}} | source",
        "{endpoint: 'http://l/', default_labels_enabled: {jobs: true}} | jobs",
      })
  void mistakesAreNamed(String yaml, String key) {
    assertThatThrownBy(() -> Configs.load(yaml)).hasMessageContaining(key);
  }
}
