package io.millrace.exporter.prometheusremotewrite;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;

/** Loads configurations as a user writes them. */
final class Configs {
  private Configs() {}

  static PrometheusRemoteWriteExporterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new PrometheusRemoteWriteExporterFactory(), yaml);
  }

  /** Returns the defaults with another endpoint and more lines. */
  static PrometheusRemoteWriteExporterConfig of(String endpoint, String more) {
    try {
      return load("endpoint: " + endpoint + "\n" + more);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
