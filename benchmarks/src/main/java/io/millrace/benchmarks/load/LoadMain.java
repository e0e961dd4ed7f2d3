package io.millrace.benchmarks.load;

import io.millrace.benchmarks.report.Machine;
import io.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs one case: the contestants in turn, A B A B, each round in fresh processes, and prints the
 * tables to standard output and the course of things to standard error. Confined to one thread.
 */
@Command(
    name = "benchmarks/run",
    description = "Measures a case of benchmarks/load and prints its tables as Markdown.",
    mixinStandardHelpOptions = true)
public final class LoadMain implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "<folder>", description = "holds case.yaml")
  Path folder = Path.of("");

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(names = "--seconds", description = "to measure in each round; default: the case's")
  @Nullable Integer seconds;

  @Option(names = "--warmup", description = "seconds before; default: the case's")
  @Nullable Integer warmupSeconds;

  @Option(names = "--only", split = ",", description = "contestants; default: the case's")
  List<String> only = List.of();

  @Option(names = "--core", description = "of the system under test; default: not pinned")
  @Nullable Integer core;

  @Option(names = "--commit", defaultValue = "unknown", description = "what is measured")
  String commit = "";

  @Option(names = "--accept-noise", description = "compare though others use the machine")
  boolean acceptsNoise;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadCase load;
    try {
      load = options(LoadCase.read(folder));
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    Map<Contestant, List<Measurement>> results = measure(load);
    LoadReport report = new LoadReport(load, results, acceptsNoise);
    System.out.println(report.markdown(Machine.describe(commit)));
    return report.isClean() ? 0 : 1;
  }

  private Map<Contestant, List<Measurement>> measure(LoadCase load)
      throws IOException, InterruptedException {
    Map<Contestant, List<Measurement>> results = new EnumMap<>(Contestant.class);
    for (int round = 1; round <= rounds; round++) {
      for (Contestant contestant : load.contestants()) {
        Measurement result = new Round(load, contestant, prefix()).run();
        results.computeIfAbsent(contestant, c -> new ArrayList<>()).add(result);
        System.err.printf("round %d of %d, %s: %s%n", round, rounds, contestant.id(), result);
      }
    }
    return results;
  }

  private LoadCase options(LoadCase load) {
    LoadCase chosen = load;
    if (seconds != null) {
      chosen = chosen.measuring(Duration.ofSeconds(seconds));
    }
    if (warmupSeconds != null) {
      chosen = chosen.warmingUp(Duration.ofSeconds(warmupSeconds));
    }
    return only.isEmpty() ? chosen : chosen.among(only.stream().map(Contestant::named).toList());
  }

  private List<String> prefix() {
    return core == null ? List.of() : List.of("taskset", "-c", core.toString());
  }
}
