package io.millrace.distribution;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.service.Collector;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Loads a configuration and builds its pipelines without starting them. */
@Command(
    name = "validate",
    description = "Checks a configuration without starting anything.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      CollectorConfig config = options.load();
      new Collector(config, Clock.SYSTEM).shutdown();
      config.warnings().forEach(warning -> spec.commandLine().getErr().println(warning));
      spec.commandLine().getOut().println(summary(config));
      return 0;
    } catch (ConfigException e) {
      return CommandLineInterface.explain(spec, e);
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLineInterface.FAILED;
    }
  }

  private String summary(CollectorConfig config) {
    return "%s: valid (%d pipelines, %d receivers, %d processors, %d exporters, %d extensions)"
        .formatted(
            options.names(),
            config.service().pipelines().size(),
            config.receivers().size(),
            config.processors().size(),
            config.exporters().size(),
            config.extensions().size());
  }
}
