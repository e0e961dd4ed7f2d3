package io.millrace.benchmarks.load;

import io.millrace.benchmarks.report.Machine;
import io.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a case that asks whether promises are kept, not what they cost; ends with 1 when one was
 * broken. Confined to one thread.
 */
@Command(
    name = "benchmarks/run",
    description = "Runs a drill of benchmarks/load and prints what it counted.",
    mixinStandardHelpOptions = true)
public final class DrillMain implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "<folder>", description = "holds case.yaml")
  Path folder = Path.of("");

  @Option(names = "--seconds", description = "of trouble; default: the case's")
  @Nullable Integer seconds;

  @Option(names = "--core", description = "of the system under test; default: not pinned")
  @Nullable Integer core;

  @Option(names = "--commit", defaultValue = "unknown", description = "what is tried")
  String commit = "";

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DrillMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadCase load;
    try {
      load = LoadCase.read(folder);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    System.out.println(Machine.describe(commit) + "\n");
    boolean isKept = true;
    for (DrillReport report : run(seconds == null ? load : load.measuring(length()))) {
      System.out.println(report.markdown());
      report.broken().forEach(promise -> System.out.println("BROKEN: " + promise));
      isKept &= report.broken().isEmpty();
    }
    return isKept ? 0 : 1;
  }

  private Duration length() {
    return Duration.ofSeconds(seconds == null ? 0 : seconds);
  }

  private List<DrillReport> run(LoadCase load) throws IOException, InterruptedException {
    List<String> prefix = core == null ? List.of() : List.of("taskset", "-c", core.toString());
    if (load.name().startsWith("overload")) {
      return OverloadDrill.run(load, prefix);
    }
    if (load.name().startsWith("order")) {
      return List.of(OrderDrill.run(load, prefix));
    }
    return List.of(
        load.name().startsWith("memory-limiter")
            ? LimiterDrill.run(load, prefix)
            : FaultDrill.run(load, prefix));
  }
}
