package io.millrace.benchmarks.load;

import io.millrace.benchmarks.load.FaultySink.Mood;
import io.millrace.component.Clock;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A backend that refuses every second request, hangs, disappears and comes back. Promised: what was
 * accepted arrives, at least once. Stateless.
 */
final class FaultDrill {
  private static final double HANGS_FROM = 0.25;
  private static final double HANGS_UNTIL = 0.4;
  private static final double IS_GONE_FROM = 0.5;
  private static final double IS_GONE_UNTIL = 0.7;

  private FaultDrill() {}

  static DrillReport run(LoadCase load, List<String> prefix)
      throws IOException, InterruptedException {
    FaultySink faults = new FaultySink();
    try (CountingSink sink = new CountingSink(load, Clock.SYSTEM, faults);
        Drill drill = Drill.start(load, sink, prefix, List.of(), UnaryOperator.identity())) {
      faults.setMood(Mood.FLAKY);
      drill.continueUntil(HANGS_FROM);
      faults.setMood(Mood.HANGING);
      drill.continueUntil(HANGS_UNTIL);
      faults.setMood(Mood.FLAKY);
      drill.continueUntil(IS_GONE_FROM);
      sink.disappear();
      long arrivedBefore = drill.arrivals();
      drill.continueUntil(IS_GONE_UNTIL);
      long arrivedMeanwhile = drill.arrivals() - arrivedBefore;
      sink.reappear();
      drill.continueUntil(1);
      faults.setMood(Mood.WELL);
      drill.stopSenders();
      drill.awaitArrivals();
      DrillReport report =
          new DrillReport("%s, %d s".formatted(load.name(), load.measure().toSeconds()));
      drill.report(report);
      return report
          .promise(faults.refused() > 0, "requests the backend refused", faults.refused())
          .promise(faults.unanswered() > 0, "requests it never answered", faults.unanswered())
          .promise(arrivedMeanwhile == 0, "spans it got while it was gone", arrivedMeanwhile);
    }
  }
}
