package io.millrace.benchmarks.peers;

import io.millrace.pdata.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sends the same generated requests through another collector and through Millrace, each running
 * the same configuration file, and prints which records differ. Confined to one thread.
 */
@Command(
    name = "benchmarks/peers/compare",
    description = "Compares what comes out of Millrace and of another collector.",
    mixinStandardHelpOptions = true)
public final class PeerMain implements Callable<Integer> {
  private static final List<Signal> SIGNALS = List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  private static final int DIFFERENCES_SHOWN = 5;

  @Option(names = "--collector", required = true, description = "the other collector's binary")
  Path collector = Path.of("");

  @Option(names = "--requests", defaultValue = "300", description = "of each signal")
  int requests;

  @Option(names = "--seed", defaultValue = "1", description = "of the generated requests")
  long seed;

  @Option(
      names = "--settle",
      defaultValue = "1",
      description = "seconds between the last request and the shutdown")
  int settleSeconds;

  @Parameters(arity = "1..*", paramLabel = "<file>", description = "configurations, or folders")
  List<Path> files = List.of();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PeerMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int unequal = 0;
    for (Path file : configurations()) {
      if (!compare(file)) {
        unequal++;
      }
    }
    return unequal == 0 ? 0 : 1;
  }

  private List<Path> configurations() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      try (Stream<Path> walk = Files.walk(file)) {
        walk.filter(path -> path.toString().endsWith(".yaml")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  private boolean compare(Path file) throws IOException, InterruptedException {
    Records theirs = through(PeerProcess.other(collector), file);
    Records ours = through(PeerProcess.millrace(), file);
    boolean isEqual = true;
    for (Signal signal : SIGNALS) {
      List<String> differences =
          Records.differences("collector", theirs.of(signal), "Millrace ", ours.of(signal));
      isEqual &= differences.isEmpty();
      System.out.printf(
          "%s, %s: %d records from the collector, %d from Millrace, %s%n",
          file.getFileName(),
          signal.id(),
          theirs.count(signal),
          ours.count(signal),
          differences.isEmpty() ? "equal" : differences.size() + " differ");
      differences.stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
    }
    return isEqual;
  }

  private Records through(PeerProcess.Program program, Path file)
      throws IOException, InterruptedException {
    Records records = new Records();
    try (PeerSink sink = new PeerSink(records);
        PeerProcess process = PeerProcess.start(program, file, sink.port())) {
      PeerTraffic traffic = new PeerTraffic(seed);
      try (PeerSender sender = new PeerSender(process.port())) {
        for (int i = 0; i < requests; i++) {
          for (Signal signal : SIGNALS) {
            sender.send(signal, traffic.next(signal));
          }
        }
      }
      Thread.sleep(Duration.ofSeconds(settleSeconds));
      process.stop();
    }
    return records;
  }
}
