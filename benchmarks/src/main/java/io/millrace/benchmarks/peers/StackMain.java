package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.report.MarkdownTable;
import io.millrace.pdata.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the shipped configuration of the classic stack against Tempo, Loki and Prometheus, and asks
 * them for what {@code telemetrygen} has sent. Confined to one thread.
 */
@Command(
    name = "benchmarks/peers/stack",
    description = "Tries config/stack.yaml against the backends it is for.",
    mixinStandardHelpOptions = true)
public final class StackMain implements Callable<Integer> {
  private static final String SERVICE = "stack-trial";
  private static final int TRACES = 20;
  private static final int LOGS = 30;
  private static final int POINTS = 10;

  /** Where the configuration listens, and is scraped. */
  private static final int OTLP_PORT = 4317;

  private static final int SCRAPE_PORT = 8889;
  private static final String SCRAPE =
      """
      scrape_configs:
        - job_name: millrace
          scrape_interval: 1s
          static_configs: [{targets: ["localhost:%d"]}]
      """
          .formatted(SCRAPE_PORT);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(500);

  @Option(names = "--config", required = true, description = "the configuration of the stack")
  Path config = Path.of("");

  @Option(names = "--tempo", required = true, description = "its binary")
  Path tempo = Path.of("");

  @Option(names = "--loki", required = true, description = "its binary")
  Path loki = Path.of("");

  @Option(names = "--prometheus", required = true, description = "its binary")
  Path prometheus = Path.of("");

  @Option(names = "--telemetrygen", required = true, description = "its binary")
  Path telemetrygen = Path.of("");

  private final MarkdownTable table = new MarkdownTable("asked of", "expected", "found");
  private boolean isComplete = true;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StackMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (int port : new int[] {OTLP_PORT, OTLP_PORT + 1, SCRAPE_PORT}) {
      requireFree(port);
    }
    try (TempoBackend traces = TempoBackend.start(tempo);
        LokiBackend logs = LokiBackend.start(loki);
        PrometheusBackend metrics = PrometheusBackend.start(prometheus, SCRAPE);
        PeerProcess millrace =
            PeerProcess.startAt(
                OTLP_PORT,
                PeerProcess.millrace(),
                config,
                Map.of(
                    "TEMPO_ENDPOINT", "localhost:" + traces.otlpPort(),
                    "LOKI_PUSH_URL", "http://localhost:" + logs.port() + "/loki/api/v1/push"))) {
      generate(Signal.TRACES, TRACES, "--status-code=Error");
      generate(Signal.METRICS, POINTS);
      List<String> ids = traceIds(traces);
      expect("Tempo, traces of the service", TRACES, ids::size);
      if (!ids.isEmpty()) {
        expect(
            "Tempo, spans of a trace by its id",
            TelemetryGen.SPANS,
            () -> traces.spans(ids.getFirst()));
        generate(Signal.LOGS, LOGS, "--trace-id=" + ids.getFirst());
        expect(
            "Loki, log records of the service with the id of that trace",
            LOGS,
            () ->
                logs.count(
                    "{service_name=\"%s\"} | trace_id=\"%s\"".formatted(SERVICE, ids.getFirst())));
      }
      expect(
          "Prometheus, series of the service",
          1,
          () ->
              metrics.count("count by (service_name) (app_gen{service_name=\"" + SERVICE + "\"})"));
      millrace.stop();
    }
    System.out.println(table);
    return isComplete ? 0 : 1;
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      // it is
    } catch (IOException e) {
      throw new IOException("port " + port + " is taken, which the configuration needs", e);
    }
  }

  private void generate(Signal signal, int count, String... more)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--service=" + SERVICE);
    TelemetryGen.send(telemetrygen, signal, count, true, OTLP_PORT, options);
  }

  private static List<String> traceIds(TempoBackend traces)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> ids = traces.traceIds(SERVICE);
    while (ids.size() < TRACES && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
      ids = traces.traceIds(SERVICE);
    }
    return ids;
  }

  private void expect(String what, int expected, Query query)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int found = query.run();
    while (found < expected && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
      found = query.run();
    }
    isComplete &= found == expected;
    table.row(what, MarkdownTable.number(expected, 0), MarkdownTable.number(found, 0));
  }

  /** Counts what a backend has stored. */
  @FunctionalInterface
  private interface Query {
    int run() throws IOException, InterruptedException;
  }
}
