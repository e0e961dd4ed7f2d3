package io.millrace.distribution;

import io.millrace.component.Clock;
import io.millrace.component.ComponentId;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.PipelineConfig;
import io.millrace.service.Collector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      CommandLineInterface.print(spec, summary(config));
      return 0;
    } catch (ConfigException e) {
      return CommandLineInterface.explain(spec, e);
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLineInterface.FAILED;
    }
  }

  private String summary(CollectorConfig config) {
    StringBuilder summary = new StringBuilder();
    summary.append(
        ("%s: valid (%d pipelines, %d receivers, %d processors, %d exporters, %d connectors,"
                + " %d extensions)%n")
            .formatted(
                options.names(),
                config.service().pipelines().size(),
                config.receivers().size(),
                config.processors().size(),
                config.exporters().size(),
                config.connectors().size(),
                config.extensions().size()));
    config
        .service()
        .pipelines()
        .forEach((id, pipeline) -> summary.append("  %s: %s%n".formatted(id, way(pipeline))));
    return summary.toString();
  }

  private static String way(PipelineConfig pipeline) {
    return Stream.of(
            Stream.of(joined(pipeline.receivers())),
            pipeline.processors().stream().map(ComponentId::toString),
            Stream.of(joined(pipeline.exporters())))
        .flatMap(Function.identity())
        .collect(Collectors.joining(" -> "));
  }

  private static String joined(List<ComponentId> ids) {
    return ids.stream().map(ComponentId::toString).collect(Collectors.joining(", "));
  }
}
