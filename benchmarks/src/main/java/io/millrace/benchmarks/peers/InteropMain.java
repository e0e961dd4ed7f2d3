package io.millrace.benchmarks.peers;

import com.google.protobuf.Message;
import io.millrace.benchmarks.report.MarkdownTable;
import io.millrace.pdata.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends generated requests through two collectors, the one in front of the other, over every link
 * that both know, and what {@code telemetrygen} makes through Millrace, and prints what of it has
 * arrived. Confined to one thread.
 */
@Command(
    name = "benchmarks/peers/interop",
    description = "Tries Millrace as a client and as a server of other programs.",
    mixinStandardHelpOptions = true)
public final class InteropMain implements Callable<Integer> {
  private static final List<Signal> SIGNALS = List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  private static final Duration HINT = Duration.ofSeconds(1);
  private static final int REFUSALS = 3;
  private static final int DIFFERENCES_SHOWN = 5;

  @Option(names = "--links", required = true, description = "the folder of configurations")
  Path links = Path.of("");

  @Option(names = "--collector", required = true, description = "the other collector's binary")
  Path collector = Path.of("");

  @Option(names = "--telemetrygen", required = true, description = "its binary")
  Path telemetrygen = Path.of("");

  @Option(names = "--only", defaultValue = "", description = "links whose name contains the word")
  String only = "";

  @Option(names = "--requests", defaultValue = "50", description = "of each signal and link")
  int requests;

  @Option(names = "--seed", defaultValue = "1", description = "of the generated requests")
  long seed;

  private final MarkdownTable table =
      new MarkdownTable(
          "way",
          "spans",
          "data points",
          "log records",
          "missing or changed",
          "waits after a hint of " + HINT.toSeconds() + " s");

  private boolean isWell = true;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new InteropMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Peer ours = new Peer("Millrace", PeerProcess.millrace());
    Peer theirs = new Peer("collector", PeerProcess.other(collector));
    generatorTo(ours);
    between(theirs, ours);
    between(ours, theirs);
    System.out.println(table);
    return isWell ? 0 : 1;
  }

  private record Peer(String name, PeerProcess.Program program) {}

  /** A collector that passes on to a sink what it takes at both ports. */
  private record Server(PeerSink sink, PeerProcess process, int httpPort) implements AutoCloseable {
    int port(Link link) {
      return link.isGrpc() ? process.port() : httpPort;
    }

    @Override
    public void close() {
      process.close();
      sink.close();
    }
  }

  private Server serve(Peer peer) throws IOException {
    int httpPort = PeerProcess.freePort();
    PeerSink sink = new PeerSink(new Records());
    Map<String, String> environment = Map.of("PEER_HTTP_PORT", Integer.toString(httpPort));
    PeerProcess process =
        PeerProcess.start(peer.program(), links.resolve("server.yaml"), sink.port(), environment);
    process.awaitListening(httpPort);
    return new Server(sink, process, httpPort);
  }

  private List<Link> chosenLinks() {
    return Link.all().stream().filter(link -> link.toString().contains(only)).toList();
  }

  private void generatorTo(Peer peer) throws IOException, InterruptedException {
    try (Server server = serve(peer)) {
      for (Link link : chosenLinks()) {
        if (link.isPlain() && link.protocol() != Link.Protocol.JSON) {
          Records arrived = new Records();
          server.sink().noteIn(arrived);
          int missing = 0;
          for (Signal signal : SIGNALS) {
            TelemetryGen.send(telemetrygen, signal, requests, link.isGrpc(), server.port(link));
            int sent = signal == Signal.TRACES ? TelemetryGen.SPANS * requests : requests;
            missing += Math.abs(sent - arrived.count(signal));
          }
          row("telemetrygen → " + peer.name() + ", " + link, arrived, missing, "");
        }
      }
    }
  }

  private void between(Peer client, Peer server) throws IOException, InterruptedException {
    try (Server started = serve(server)) {
      for (Link link : chosenLinks()) {
        over(link, client, started, client.name() + " → " + server.name() + ", " + link);
      }
    }
  }

  private void over(Link link, Peer peer, Server server, String way)
      throws IOException, InterruptedException {
    Records sent = new Records();
    Records arrived = new Records();
    server.sink().noteIn(arrived);
    try (PeerProcess client =
            PeerProcess.start(
                peer.program(),
                links.resolve(link.config()),
                server.port(link),
                link.environment());
        PeerSender sender = new PeerSender(client.port())) {
      PeerTraffic traffic = new PeerTraffic(seed);
      for (int i = 0; i < requests; i++) {
        for (Signal signal : SIGNALS) {
          Message request = traffic.next(signal);
          sender.send(signal, request);
          sent.add(signal, request.toByteArray());
        }
      }
      String waits = link.isPlain() ? waits(way, sender, server, traffic) : "";
      client.stop();
      row(way, arrived, differences(way, sent, arrived), waits);
    }
  }

  private static int differences(String way, Records sent, Records arrived) {
    List<String> found = new ArrayList<>();
    for (Signal signal : SIGNALS) {
      found.addAll(Records.differences("sent   ", sent.of(signal), "arrived", arrived.of(signal)));
    }
    if (!found.isEmpty()) {
      System.err.println(way + ":");
      found.stream().limit(DIFFERENCES_SHOWN).forEach(System.err::println);
    }
    return found.size();
  }

  /** Refuses a request a few times, and returns how long the client waited each time. */
  private String waits(String way, PeerSender sender, Server server, PeerTraffic traffic)
      throws IOException, InterruptedException {
    server.sink().noteIn(new Records());
    HintedRefusals refusals = server.sink().refusals();
    refusals.begin(REFUSALS, HINT);
    sender.send(Signal.LOGS, traffic.next(Signal.LOGS));
    List<Duration> pauses = refusals.pauses();
    if (pauses.size() != REFUSALS || Collections.min(pauses).compareTo(HINT) < 0) {
      isWell = false;
      System.err.printf("%s: %d refusals, and pauses of %s%n", way, REFUSALS, pauses);
    }
    return pauses.isEmpty()
        ? "none"
        : "%.1f to %.1f s"
            .formatted(seconds(Collections.min(pauses)), seconds(Collections.max(pauses)));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void row(String way, Records arrived, int differences, String waits) {
    isWell &= differences == 0;
    System.err.println(way + (differences == 0 ? "" : ": " + differences + " differ"));
    table.row(
        way,
        MarkdownTable.number(arrived.count(Signal.TRACES), 0),
        MarkdownTable.number(arrived.count(Signal.METRICS), 0),
        MarkdownTable.number(arrived.count(Signal.LOGS), 0),
        MarkdownTable.number(differences, 0),
        waits);
  }
}
