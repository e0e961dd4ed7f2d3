package io.millrace.distribution;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.service.CollectorProcess;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line, in the collector's form: without a subcommand it runs.
 *
 * <p>Exit codes: 0 after a requested shutdown or a good check, 1 otherwise. Confined to the main
 * thread.
 */
@Command(
    name = "millrace",
    description = "A telemetry collector: OTLP in, bytes through, OTLP out.",
    mixinStandardHelpOptions = true,
    version = "millrace ${millrace.version}",
    subcommands = ValidateCommand.class)
final class CommandLineInterface implements Callable<Integer> {
  static final int FAILED = 1;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the process's exit code. */
  static int execute(String... arguments) {
    String version = CommandLineInterface.class.getPackage().getImplementationVersion();
    System.setProperty("millrace.version", version == null ? "(from a checkout)" : version);
    CommandLine commandLine = new CommandLine(new CommandLineInterface());
    commandLine.getCommandSpec().exitCodeOnInvalidInput(FAILED);
    return commandLine.execute(arguments);
  }

  @Override
  public Integer call() {
    try {
      CollectorConfig config = options.load();
      logFrom(config);
      return CollectorProcess.run(config);
    } catch (ConfigException e) {
      return explain(spec, e);
    }
  }

  /** Prints every problem of the configuration. */
  static int explain(CommandSpec spec, ConfigException e) {
    int problems = e.problems().size();
    spec.commandLine()
        .getErr()
        .printf("%s%n%d %s%n", e.getMessage(), problems, problems == 1 ? "problem" : "problems");
    return FAILED;
  }

  private static void logFrom(CollectorConfig config) {
    String level = config.service().telemetry().logs().level().name();
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.valueOf(level));
    }
  }
}
