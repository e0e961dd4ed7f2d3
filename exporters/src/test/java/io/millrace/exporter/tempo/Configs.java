package io.millrace.exporter.tempo;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;

/** Loads configurations as a user writes them. */
final class Configs {
  private Configs() {}

  /** Returns the defaults with an endpoint in plaintext, quick retries and more lines. */
  static OtlpGrpcConfig of(String endpoint, String more) throws ConfigException {
    return ConfigLoader.loadComponent(
        new TempoExporterFactory(),
        "endpoint: %s\ntls: {insecure: true}\n%s".formatted(endpoint, more));
  }
}
