package io.millrace.processor.tailsampling;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;

/** Configurations for tests, of YAML. */
final class Configs {
  private Configs() {}

  /** Returns the configuration, which must be valid. */
  static TailSamplingConfig load(String yaml) {
    try {
      return ConfigLoader.loadComponent(new TailSamplingProcessorFactory(), yaml);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Returns the message of the refusal of a configuration, which must be invalid. */
  static String refusal(String yaml) {
    try {
      ConfigLoader.loadComponent(new TailSamplingProcessorFactory(), yaml);
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("no refusal of " + yaml);
  }
}
