package io.millrace.exporter.loki;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;

/** Loads configurations as a user writes them. */
final class Configs {
  private Configs() {}

  static LokiExporterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new LokiExporterFactory(), yaml);
  }

  /** Returns the defaults with another endpoint and more lines. */
  static LokiExporterConfig of(String endpoint, String more) {
    try {
      return load("endpoint: " + endpoint + "\n" + more);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
