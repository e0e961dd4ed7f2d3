package io.millrace.distribution;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which configuration, the same for every command. Confined to one thread. */
final class ConfigOptions {
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

  CollectorConfig load() throws ConfigException {
    return ConfigLoader.load(configs, sets, System.getenv(), Components.ALL);
  }

  String names() {
    return String.join(", ", configs);
  }
}
