package io.millrace.distribution;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.PrintedConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a configuration as the program understands it. Confined to the main thread. */
@Command(
    name = "print-config",
    aliases = "print-initial-config",
    description = "Prints the configuration that would run: merged, expanded, with defaults.",
    mixinStandardHelpOptions = true)
final class PrintConfigCommand implements Callable<Integer> {
  private enum Mode {
    REDACTED,
    UNREDACTED
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--mode",
      description = "redacted (the default), or unredacted, which shows passwords and tokens.")
  private Mode mode = Mode.REDACTED;

  @Option(names = "--format", description = "yaml (the default) or json.")
  private OutputFormat format = OutputFormat.YAML;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      CollectorConfig config = options.load();
      PrintedConfig printed =
          mode == Mode.REDACTED ? PrintedConfig.redacted() : PrintedConfig.unredacted();
      CommandLineInterface.print(spec, format.write(printed.tree(config)));
      return 0;
    } catch (ConfigException e) {
      return CommandLineInterface.explain(spec, e);
    }
  }
}
