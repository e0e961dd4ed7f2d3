package io.millrace.exporter.otlp;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;

/** Loads configurations as a user writes them. */
final class Configs {
  private Configs() {}

  /** Returns the defaults with an endpoint and more lines. */
  static OtlpGrpcConfig of(String endpoint, String more) {
    try {
      return ConfigLoader.loadComponent(
          new OtlpExporterFactory(), "endpoint: " + endpoint + "\n" + more);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
