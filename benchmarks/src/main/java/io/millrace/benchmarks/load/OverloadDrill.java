package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.component.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Twice what the sink takes is offered, by senders that honour hints and by a loop that ignores
 * them. Promised: refusals carry hints, memory stays within its bound, nothing accepted is lost,
 * and the sink stays busy. Stateless.
 */
final class OverloadDrill {
  private static final int HEAP_MIB = 256;
  private static final int DIRECT_MIB = 96;

  /** What a JVM may need beside heap and direct memory: code, metadata, stacks, the collector. */
  private static final int BESIDE_MIB = 160;

  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx" + HEAP_MIB + "m", "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m");

  private static final double OFFERED_IN_KNEES = 2;
  private static final int SINK_CONCURRENCY = 10;
  private static final Duration KNEE_MEASURE = Duration.ofSeconds(3);
  private static final double HONOURING_SHARE_MIN = 0.9;
  private static final double IGNORING_SHARE_MIN = 0.5;

  private OverloadDrill() {}

  /** Runs both manners of senders, one after the other, each for the case's whole time. */
  static List<DrillReport> run(LoadCase load, List<String> prefix)
      throws IOException, InterruptedException {
    double knee = knee(load);
    return List.of(
        run(
            load,
            prefix,
            knee,
            "senders that honour hints",
            HonouringSender::new,
            HONOURING_SHARE_MIN),
        run(
            load,
            prefix,
            knee,
            "an open loop that ignores them",
            UnaryOperator.identity(),
            IGNORING_SHARE_MIN));
  }

  private static PacedSink paced(LoadCase load) {
    return new PacedSink(Clock.SYSTEM, load.config().requestsPerSecond() / OFFERED_IN_KNEES);
  }

  /** Returns the spans a second that the sink takes when it is never without a request. */
  private static double knee(LoadCase load) throws IOException, InterruptedException {
    RenderedRequest traces = load.payload().render();
    try (PacedSink behaviour = paced(load);
        CountingSink sink = new CountingSink(load, Clock.SYSTEM, behaviour);
        RequestSender sender = load.sender(sink.port())) {
      Schedule schedule = Schedule.startingNow(load.measuring(KNEE_MEASURE), Clock.SYSTEM);
      Ledger ledger = new Ledger(schedule, traces.items());
      sink.enterIn(ledger);
      Thread generator =
          Thread.ofPlatform()
              .start(new OpenLoopGenerator(schedule, traces, SINK_CONCURRENCY, sender, ledger));
      schedule.await(schedule.warmupRequests());
      long from = ledger.arrivals();
      schedule.await(schedule.requests());
      double knee = (double) (ledger.arrivals() - from) / KNEE_MEASURE.toSeconds();
      generator.interrupt();
      generator.join();
      return knee;
    }
  }

  private static DrillReport run(
      LoadCase load,
      List<String> prefix,
      double knee,
      String senders,
      UnaryOperator<RequestSender> manner,
      double shareMin)
      throws IOException, InterruptedException {
    try (PacedSink behaviour = paced(load);
        CountingSink sink = new CountingSink(load, Clock.SYSTEM, behaviour);
        Drill drill = Drill.start(load, sink, prefix, JVM_OPTIONS, manner)) {
      drill.continueUntil(0);
      long from = drill.arrivals();
      long fromNanos = System.nanoTime();
      drill.continueUntil(1);
      double seconds = (double) (System.nanoTime() - fromNanos) / TimeUnit.SECONDS.toNanos(1);
      double through = (drill.arrivals() - from) / seconds;
      drill.stopSenders();
      behaviour.hurry();
      drill.awaitArrivals();
      DrillReport report =
          new DrillReport(
              "%s, %d s, %s".formatted(load.name(), load.measure().toSeconds(), senders));
      drill.report(report);
      double share = through / knee;
      long peakMib = Math.max(drill.peakRssKib(), drill.rss().maxKib()) / 1024;
      int boundMib = HEAP_MIB + DIRECT_MIB + BESIDE_MIB;
      return report
          .promise(drill.meter().refusals() > 0, "overloaded", drill.meter().refusals() > 0)
          .row("knee, spans/s", whole(knee))
          .row("through, spans/s", whole(through))
          .promise(share >= shareMin, "through / knee", String.format(Locale.ROOT, "%.3f", share))
          .row("samples of RSS", drill.rss().samples())
          .row("bound of RSS, MiB", boundMib)
          .promise(peakMib <= boundMib, "peak RSS, MiB", peakMib);
    }
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
