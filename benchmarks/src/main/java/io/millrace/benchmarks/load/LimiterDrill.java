package io.millrace.benchmarks.load;

import io.millrace.component.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Four times what the sink takes is offered to a process with a {@code memory_limiter}, by senders
 * that come back as often as they are told to. Promised: refusals carry hints, memory stays within
 * its bound, the process lives, and nothing is lost. Stateless.
 */
final class LimiterDrill {
  /** Its budget, 40 %, is as large as the limit: so the limiter refuses first. */
  private static final int HEAP_MIB = 640;

  private static final int DIRECT_MIB = 96;

  /** What a JVM may need beside heap and direct memory: code, metadata, stacks, the collector. */
  private static final int BESIDE_MIB = 160;

  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx" + HEAP_MIB + "m", "-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m");

  private static final double OFFERED_TO_TAKEN = 4;

  private LimiterDrill() {}

  /**
   * Runs it for the case's time.
   *
   * @param prefix what to put before the command, such as {@code taskset -c 0}
   */
  static DrillReport run(LoadCase load, List<String> prefix)
      throws IOException, InterruptedException {
    double taken = load.config().requestsPerSecond() / OFFERED_TO_TAKEN;
    try (PacedSink behaviour = new PacedSink(Clock.SYSTEM, taken);
        CountingSink sink = new CountingSink(load, Clock.SYSTEM, behaviour);
        Drill drill = Drill.start(load, sink, prefix, JVM_OPTIONS, HonouringSender::new)) {
      drill.continueUntil(1);
      drill.stopSenders();
      behaviour.hurry();
      drill.awaitArrivals();
      DrillReport report =
          new DrillReport(
              String.format(
                  Locale.ROOT,
                  "%s, %d s, sink at %.0f of %d requests/s",
                  load.name(),
                  load.measure().toSeconds(),
                  taken,
                  load.config().requestsPerSecond()));
      drill.report(report);
      long peakMib = Math.max(drill.peakRssKib(), drill.rss().maxKib()) / 1024;
      int boundMib = HEAP_MIB + DIRECT_MIB + BESIDE_MIB;
      return report
          .promise(
              drill.meter().refusals() > 0, "the limiter has refused", drill.meter().refusals())
          .row("samples of RSS", drill.rss().samples())
          .row("bound of RSS, MiB", boundMib)
          .promise(peakMib <= boundMib, "peak RSS, MiB", peakMib);
    }
  }
}
