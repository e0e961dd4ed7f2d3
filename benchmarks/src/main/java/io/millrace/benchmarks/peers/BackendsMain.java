package io.millrace.benchmarks.peers;

import com.google.protobuf.Message;
import io.millrace.pdata.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends the same OTLP to a backend's own OTLP endpoint and through Millrace, in its own protocol,
 * to a second one, and prints what they have stored differently. Confined to one thread.
 */
@Command(
    name = "benchmarks/peers/compare-backends",
    description = "Compares what backends store of OTLP and of what Millrace makes of it.",
    mixinStandardHelpOptions = true)
public final class BackendsMain implements Callable<Integer> {
  private static final int TICKS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(250);

  @Option(
      names = "--show",
      defaultValue = "20",
      description = "differences to print of each; default: ${DEFAULT-VALUE}")
  int differencesShown;

  @Option(names = "--configs", required = true, description = "the folder of configurations")
  Path configs = Path.of("");

  @Option(names = "--prometheus", description = "the binary of Prometheus 3")
  @Nullable Path prometheus;

  @Option(names = "--loki", description = "the binary of Loki 3")
  @Nullable Path loki;

  @Option(names = "--collector", description = "of the OpenTelemetry Collector, to compare too")
  @Nullable Path collector;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BackendsMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean isEqual = true;
    if (prometheus != null) {
      isEqual = metrics(prometheus);
    }
    if (loki != null) {
      isEqual &= logs(loki);
    }
    return isEqual ? 0 : 1;
  }

  private boolean metrics(Path program) throws IOException, InterruptedException {
    long now = Instant.now().getEpochSecond();
    try (PrometheusBackend direct = PrometheusBackend.start(program)) {
      for (Message request : metricRequests(now)) {
        direct.takeOtlp(request.toByteArray());
      }
      Stored expected = direct.stored(now);
      boolean isEqual =
          metricsThrough(PeerProcess.millrace(), "remote-write.yaml", program, now, expected);
      isEqual &=
          metricsThrough(PeerProcess.millrace(), "remote-write-2.yaml", program, now, expected);
      if (collector != null) {
        metricsThrough(
            PeerProcess.other(collector), "collector-remote-write.yaml", program, now, expected);
      }
      return isEqual;
    }
  }

  private boolean metricsThrough(
      PeerProcess.Program peer, String config, Path program, long now, Stored expected)
      throws IOException, InterruptedException {
    try (PrometheusBackend backend = PrometheusBackend.start(program)) {
      through(peer, config, backend.port(), Signal.METRICS, metricRequests(now));
      return compare(config, expected, () -> backend.stored(now));
    }
  }

  private static List<? extends Message> metricRequests(long now) {
    return IntStream.rangeClosed(1, TICKS)
        .mapToObj(tick ->
            BackendMetrics.at(
                now - (long) (TICKS - tick + 1) * BackendMetrics.INTERVAL_SECONDS, tick))
        .toList();
  }

  private boolean logs(Path program) throws IOException, InterruptedException {
    long now = Instant.now().getEpochSecond();
    List<Message> requests = List.of(BackendLogs.before(now));
    try (LokiBackend direct = LokiBackend.start(program);
        LokiBackend backend = LokiBackend.start(program)) {
      direct.takeOtlp(requests.getFirst().toByteArray());
      through(PeerProcess.millrace(), "loki.yaml", backend.port(), Signal.LOGS, requests);
      return compare("loki.yaml", direct.stored(now), () -> backend.stored(now));
    }
  }

  private void through(
      PeerProcess.Program peer,
      String config,
      int backendPort,
      Signal signal,
      List<? extends Message> requests)
      throws IOException, InterruptedException {
    try (PeerProcess process = PeerProcess.start(peer, configs.resolve(config), backendPort);
        PeerSender sender = new PeerSender(process.port())) {
      for (Message request : requests) {
        sender.send(signal, request);
      }
      process.stop();
    }
  }

  /** Waits until the backend has made all visible that it was sent, as far as it ever will. */
  private boolean compare(String name, Stored expected, Query query)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Stored found = query.run();
    List<String> differences = Stored.differences(expected, found);
    while (!differences.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
      found = query.run();
      differences = Stored.differences(expected, found);
    }
    System.out.printf(
        "%s: %d lines of the backend's own making, %d through it, %s%n",
        name,
        expected.size(),
        found.size(),
        differences.isEmpty() ? "equal" : differences.size() + " differ");
    differences.stream().limit(differencesShown).forEach(System.out::println);
    return differences.isEmpty();
  }

  /** Reads what a backend has stored. */
  @FunctionalInterface
  private interface Query {
    Stored run() throws IOException, InterruptedException;
  }
}
