package io.millrace.exporter.otlphttp;

import io.millrace.exporter.sending.CompressionParams;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import java.time.Duration;
import java.util.Map;

/** Configurations of an exporter that tries once. */
final class Configs {
  private static final RetryConfig ONCE =
      new RetryConfig(false, Duration.ZERO, 1, 0, Duration.ZERO, Duration.ZERO);

  private Configs() {}

  static OtlpHttpExporterConfig of(
      String url, Compression compression, Encoding encoding, QueueConfig queue) {
    return new OtlpHttpExporterConfig(
        url,
        null,
        null,
        null,
        null,
        ClientTlsConfig.DEFAULT,
        Map.of(),
        null,
        compression,
        CompressionParams.DEFAULT,
        encoding,
        Duration.ofSeconds(1),
        ONCE,
        queue,
        null);
  }
}
