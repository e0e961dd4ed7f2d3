package io.millrace.exporter.prometheus;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;

/** Loads configurations as a user writes them. */
final class Configs {
  private Configs() {}

  static PrometheusExporterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new PrometheusExporterFactory(), yaml);
  }

  static PrometheusExporterConfig of(String yaml) {
    try {
      return load(yaml);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
