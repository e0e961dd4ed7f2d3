package io.millrace.exporter.otlphttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.Secret;
import io.millrace.exporter.sending.CompressionParams;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.pdata.Signal;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpExporterConfigTest {
  private static OtlpHttpExporterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new OtlpHttpExporterFactory(), yaml);
  }

  @Test
  void defaultsAreTheCollectors() {
    assertThat(new OtlpHttpExporterFactory().defaultConfig())
        .isEqualTo(
            new OtlpHttpExporterConfig(
                null,
                null,
                null,
                null,
                null,
                ClientTlsConfig.DEFAULT,
                Map.of(),
                null,
                Compression.GZIP,
                CompressionParams.DEFAULT,
                Encoding.PROTO,
                Duration.ofSeconds(30),
                RetryConfig.DEFAULT,
                QueueConfig.DEFAULT,
                null));
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                endpoint: http://a:1
                traces_endpoint: http://t:1
                metrics_endpoint: http://m:1
                logs_endpoint: http://l:1
                profiles_endpoint: http://p:1
                tls: {insecure_skip_verify: true}
                headers: {authorization: Bearer x}
                compression: zstd
                compression_params: {level: 3}
                encoding: json
                timeout: 0
                retry_on_failure:
                  enabled: false
                  initial_interval: 1s
                  multiplier: 3
                  randomization_factor: 0
                  max_interval: 2s
                  max_elapsed_time: 1h
                sending_queue:
                  enabled: false
                  num_consumers: 3
                  queue_size: 4
                  sizer: bytes
                  block_on_overflow: false
                  wait_for_result: true
                  on_full: refuse
                  max_bytes: 5
                """))
        .isEqualTo(
            new OtlpHttpExporterConfig(
                "http://a:1",
                "http://t:1",
                "http://m:1",
                "http://l:1",
                "http://p:1",
                new ClientTlsConfig(false, "", "", "", true, ""),
                Map.of("authorization", new Secret("Bearer x")),
                null,
                Compression.ZSTD,
                new CompressionParams(3),
                Encoding.JSON,
                Duration.ZERO,
                new RetryConfig(
                    false, Duration.ofSeconds(1), 3, 0, Duration.ofSeconds(2), Duration.ofHours(1)),
                new QueueConfig(
                    false,
                    3,
                    4,
                    QueueConfig.Sizer.BYTES,
                    false,
                    true,
                    QueueConfig.OnFull.REFUSE,
                    5,
                    null,
                    null),
                null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tempo:4318", "/v1", "ftp://tempo", "http://", "http://a b", "http://h:x"})
  void refusesEndpointsThatAreNoUrls(String endpoint) {
    assertThatThrownBy(() -> load("logs_endpoint: '" + endpoint + "'"))
        .hasMessageContaining("logs_endpoint")
        .hasMessageContaining("http://host:port");
  }

  @Test
  void refusesWhatItDoesNotDoYet() {
    assertThatThrownBy(() -> load("{endpoint: http://a:1, timeout: -1s}"))
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> load("{endpoint: http://a:1, sending_queue: {storage: disk}}"))
        .hasMessageContaining("queues on disk are not supported yet");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, 10, -2 to 9",
    "deflate, -3, -2 to 9",
    "snappy, 1, it has no levels",
    "none, 1, it has no levels"
  })
  void refusesLevelsThatTheCompressionDoesNotHave(String compression, int level, String expected) {
    String params = "compression: " + compression + ", compression_params: {level: " + level + "}";

    assertThatThrownBy(() -> load("{endpoint: http://a:1, " + params + "}"))
        .hasMessageContaining("compression_params.level: invalid value " + level)
        .hasMessageContaining(expected);
  }

  @Test
  void refusesOtherCompressions() {
    assertThatThrownBy(() -> load("{endpoint: http://a:1, compression: brotli}"))
        .hasMessageContaining("gzip, zstd, snappy");
  }

  @Test
  void takesAProxyAndNeverShowsItsPassword() throws ConfigException {
    OtlpHttpExporterConfig config =
        load("{endpoint: 'http://a:1', proxy_url: 'http://me:hush@proxy:3128'}");

    assertThat(config.client(Signal.LOGS).proxy()).hasToString("http://me:hush@proxy:3128");
    assertThat(config.toString()).doesNotContain("hush");
    assertThatThrownBy(() -> load("{endpoint: 'http://a:1', proxy_url: 'ftp://me:hush@proxy'}"))
        .hasMessageContaining("proxy_url")
        .hasMessageContaining("http://host:port")
        .hasMessageNotContaining("hush");
  }

  @Test
  void addsThePathToTheBaseAlone() throws ConfigException {
    OtlpHttpExporterConfig config = load("{endpoint: 'https://a/x//', traces_endpoint: http://t}");

    assertThat(config.client(Signal.LOGS).url()).hasToString("https://a/x/v1/logs");
    assertThat(config.client(Signal.TRACES).url()).hasToString("http://t");
  }

  @Test
  void answersToBothNames() {
    assertThat(new OtlpHttpExporterFactory().type()).isEqualTo("otlp_http");
    assertThat(new OtlpHttpExporterFactory().formerTypes()).containsExactly("otlphttp");
  }
}
