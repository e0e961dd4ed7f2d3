package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.component.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Millrace in a process of its own between senders and a sink that makes its life hard. Confined to
 * the driver's thread.
 */
final class Drill implements AutoCloseable {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration ANSWERS_MAX = Duration.ofSeconds(35);
  private static final Duration ARRIVALS_MAX = Duration.ofSeconds(45);

  /** What the offered requests are numbered up to, whatever the number that is sent. */
  private static final int SCHEDULE_FACTOR = 3;

  private final LoadCase load;
  private final ContestantProcess process;
  private final RssSampler rss;
  private final SenderMeter meter;
  private final RequestSender sender;
  private final Ledger ledger;
  private final Schedule schedule;
  private final Thread generator;

  private Drill(
      LoadCase load,
      ContestantProcess process,
      int port,
      CountingSink sink,
      UnaryOperator<RequestSender> manner)
      throws IOException {
    this.load = load;
    this.process = process;
    this.rss = RssSampler.start(process);
    this.meter = new SenderMeter(load.sender(port));
    this.sender = manner.apply(meter);
    RenderedRequest traces = load.payload().render();
    this.schedule =
        Schedule.startingNow(
            load.measuring(load.measure().multipliedBy(SCHEDULE_FACTOR)), Clock.SYSTEM);
    this.ledger = new Ledger(schedule, traces.items());
    sink.enterIn(ledger);
    this.generator =
        Thread.ofPlatform()
            .name("generator")
            .start(
                new OpenLoopGenerator(
                    schedule, traces, load.config().inFlightMax(), sender, ledger));
  }

  /**
   * Starts Millrace and, when it listens, the senders.
   *
   * @param prefix what to put before the command, such as {@code taskset -c 0}
   * @param jvmOptions that win over the usual ones
   * @param manner how the senders take refusals
   */
  static Drill start(
      LoadCase load,
      CountingSink sink,
      List<String> prefix,
      List<String> jvmOptions,
      UnaryOperator<RequestSender> manner)
      throws IOException {
    int port = Round.freePort();
    ContestantProcess process =
        ContestantProcess.start(
            Contestant.MILLRACE, load, prefix, Round.environment(port, sink.port()), jvmOptions);
    boolean isStarted = false;
    try {
      Round.awaitListening(process, port);
      Drill drill = new Drill(load, process, port, sink, manner);
      isStarted = true;
      return drill;
    } finally {
      if (!isStarted) {
        process.close();
      }
    }
  }

  /** Lets the senders go on until this share, from 0 to 1, of the measured time is over. */
  void continueUntil(double share) {
    long due =
        schedule.startNanos() + load.warmup().toNanos() + (long) (load.measure().toNanos() * share);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(this, wait);
    }
  }

  /** Stops the senders; what they have sent is still to be answered. */
  void stopSenders() throws InterruptedException {
    generator.interrupt();
    generator.join();
    if (sender instanceof HonouringSender honouring) {
      honouring.close();
    }
  }

  /** Waits for the answers, and for what was accepted to arrive. */
  void awaitArrivals() {
    await(ANSWERS_MAX, () -> meter.open() == 0);
    await(ARRIVALS_MAX, () -> ledger.totals().lost() == 0);
  }

  private static void await(Duration max, BooleanSupplier condition) {
    long deadline = System.nanoTime() + max.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Returns how many spans have arrived, duplicates included. */
  long arrivals() {
    return ledger.arrivals();
  }

  Ledger.Totals totals() {
    return ledger.totals();
  }

  SenderMeter meter() {
    return meter;
  }

  RssSampler rss() {
    return rss;
  }

  /** Returns the largest resident set that the operating system has seen. */
  long peakRssKib() {
    return process.peakRssKib();
  }

  /** Notes what holds in every drill. */
  void report(DrillReport report) {
    Ledger.Totals totals = ledger.totals();
    report
        .promise(process.isAlive(), "still running", process.isAlive())
        .promise(totals.acceptedRequests() > 0, "requests accepted", totals.acceptedRequests())
        .row("attempts to send", meter.attempts())
        .row("refusals", meter.refusals())
        .row("their reasons", RefusalReasons.line(meter.reasons().counts()))
        .promise(
            meter.refusalsWithoutHint() == 0,
            "refusals without a hint",
            meter.refusalsWithoutHint())
        .promise(meter.failures() == 0, "attempts that failed otherwise", meter.failures())
        .promise(meter.open() == 0, "attempts unanswered", meter.open())
        .promise(totals.lost() == 0, "accepted spans that did not arrive", totals.lost())
        .promise(totals.strangers() == 0, "spans that nobody sent", totals.strangers())
        .row("spans that arrived", ledger.arrivals())
        .row("duplicates among them", totals.duplicates());
  }

  @Override
  public void close() {
    generator.interrupt();
    rss.close();
    meter.close();
    process.close();
  }
}
