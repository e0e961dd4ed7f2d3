package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.component.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One fresh process of one contestant: started, warmed up, measured, drained, stopped. Confined to
 * one thread.
 */
final class Round {
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LoadCase load;
  private final Contestant contestant;
  private final List<String> prefix;

  /** Prepares a round; {@code prefix} is put before the contestant's command. */
  Round(LoadCase load, Contestant contestant, List<String> prefix) {
    this.load = load;
    this.contestant = contestant;
    this.prefix = prefix;
  }

  /**
   * Runs the round to its end.
   *
   * @throws IOException when the contestant does not start, or ends before the round does
   */
  Measurement run() throws IOException, InterruptedException {
    int port = freePort();
    try (CountingSink sink = new CountingSink(load, Clock.SYSTEM);
        ContestantProcess process =
            ContestantProcess.start(contestant, load, prefix, environment(port, sink.port()))) {
      awaitListening(process, port);
      try (RequestSender sender = load.sender(port)) {
        return measure(sink, process, sender);
      }
    }
  }

  static Map<String, String> environment(int port, int sinkPort) {
    return Map.of(
        ContestantMain.PORT, Integer.toString(port),
        ContestantMain.SINK_PORT, Integer.toString(sinkPort));
  }

  private Measurement measure(CountingSink sink, ContestantProcess process, RequestSender sender)
      throws IOException, InterruptedException {
    RenderedRequest traces = load.payload().render();
    Schedule schedule = Schedule.startingNow(load, Clock.SYSTEM);
    Ledger ledger = new Ledger(schedule, traces.items());
    sink.enterIn(ledger);
    var generator =
        new OpenLoopGenerator(schedule, traces, load.config().inFlightMax(), sender, ledger);
    Thread thread = Thread.ofPlatform().name("generator").start(generator);

    schedule.await(schedule.warmupRequests());
    Snapshot from = Snapshot.take(process, done(ledger));
    schedule.await(schedule.requests());
    Snapshot to = Snapshot.take(process, done(ledger));
    drain(thread, ledger);
    return new Measurement(load, from, to, ledger.totals(), process.peakRssKib());
  }

  /** What a sampler was given has cost it its CPU, whatever it keeps. */
  private long done(Ledger ledger) {
    return load.isSampled() ? ledger.acceptedItems() : ledger.arrivals();
  }

  private static void drain(Thread generator, Ledger ledger) throws InterruptedException {
    generator.join(DRAIN_MAX);
    generator.interrupt();
    long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
    while (!ledger.isComplete() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  static void awaitListening(ContestantProcess process, int port) throws IOException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the contestant does not listen on port " + port);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
