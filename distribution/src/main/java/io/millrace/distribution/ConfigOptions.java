package io.millrace.distribution;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.memory.JvmMemory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that say which configuration, the same for every command. Confined to one thread. */
final class ConfigOptions {
  private static final Logger logger = LoggerFactory.getLogger(ConfigOptions.class);

  @Option(
      names = "--config",
      paramLabel = "URI",
      description = {
        "A configuration: a path, file:PATH, env:NAME or yaml:a::b: v.",
        "Given several times, later ones are laid over earlier ones."
      })
  private final List<String> configs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "a.b.c=VALUE",
      description = "Sets one key, laid over all configurations.")
  private final List<String> sets = new ArrayList<>();

  @Option(
      names = "--feature-gates",
      split = ",",
      paramLabel = "x,+y,-z",
      description = "Accepted for the collector's sake; has no effect.")
  private final List<String> featureGates = new ArrayList<>();

  CollectorConfig load() throws ConfigException {
    featureGates.forEach(
        gate -> logger.warn("feature gate {} has no effect: Millrace has no feature gates", gate));
    return ConfigLoader.load(configs, sets, System.getenv(), Components.ALL, JvmMemory.read());
  }

  String names() {
    return String.join(", ", configs);
  }
}
