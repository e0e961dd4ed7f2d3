package io.millrace.distribution;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.service.CollectorProcess;
import io.millrace.transport.Renewal;
import java.io.IOException;
import java.util.concurrent.Callable;
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
    subcommands = {ValidateCommand.class, PrintConfigCommand.class, ComponentsCommand.class})
final class CommandLineInterface implements Callable<Integer> {
  static final int FAILED = 1;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the process's exit code. */
  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    System.setProperty("millrace.version", implementationVersion());
    CommandLine commandLine = new CommandLine(new CommandLineInterface());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.getSubcommands().values().forEach(CommandLineInterface::failInvalidInput);
    failInvalidInput(commandLine);
    return commandLine;
  }

  /** The collector knows one code for every failure; a command's own wrong option is one too. */
  private static void failInvalidInput(CommandLine command) {
    command.getCommandSpec().exitCodeOnInvalidInput(FAILED);
    command.getCommandSpec().exitCodeOnExecutionException(FAILED);
  }

  static String implementationVersion() {
    String version = CommandLineInterface.class.getPackage().getImplementationVersion();
    return version == null ? "(from a checkout)" : version;
  }

  @Override
  public Integer call() {
    try {
      return CollectorProcess.run(load(), this::reload);
    } catch (ConfigException e) {
      return explain(spec, e);
    } catch (IOException e) { // the log has no place to go
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  /** Certificates are a part of the configuration wherever they stand. */
  private CollectorConfig reload() throws ConfigException, IOException {
    CollectorConfig config = load();
    Renewal.renewAll();
    return config;
  }

  private CollectorConfig load() throws ConfigException, IOException {
    CollectorConfig config = options.load();
    LogOutputs.apply(config.service().telemetry());
    return config;
  }

  /** Prints what the user asked for, and nothing else, to the standard output. */
  static void print(CommandSpec spec, String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  /** Prints every problem of the configuration. */
  static int explain(CommandSpec spec, ConfigException e) {
    int problems = e.problems().size();
    spec.commandLine()
        .getErr()
        .printf("%s%n%d %s%n", e.getMessage(), problems, problems == 1 ? "problem" : "problems");
    return FAILED;
  }
}
