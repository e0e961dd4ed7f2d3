package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.load.Ledger.Totals;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.traffic.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final LoadCase LOAD =
      LoadCase.of(
          Path.of("load", "tiny"),
          new CaseConfig(
              Protocol.GRPC,
              Payload.TINY,
              Backend.OTLP,
              100,
              1,
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              1,
              List.of(Contestant.MILLRACE, Contestant.OBJECTMODEL)));

  private static final long ITEMS = 100 * 10 * 10;
  private static final Totals CLEAN =
      new Totals(1_000, 0, 0, 0, 0, 0, 0, 0, 1_000_000, 2_000_000, Map.of());
  private static final Totals LOSSY =
      new Totals(1_000, 0, 0, 0, 0, 7, 0, 0, 1_000_000, 2_000_000, Map.of());

  @Test
  void ratioIsTheMedianOfTheRatiosOfEachRound() {
    String report =
        report(
            List.of(quiet(100), quiet(200), quiet(100)),
            List.of(quiet(300), quiet(800), quiet(500)));

    assertThat(report).contains("| objectmodel | 4.00 | 3.00 | 5.00 | 3 of 3 |");
  }

  @Test
  void cpuIsPrintedPerMillionSpans() {
    String report = report(List.of(quiet(100)), List.of(quiet(350)));

    assertThat(report).contains("| CPU seconds per million spans | 100.000 | 350.000 |");
  }

  @Test
  void noRatioWhereSpansWereLost() {
    String report = report(List.of(quiet(100)), List.of(measurement(300, ITEMS, LOSSY, 0)));

    assertThat(report).contains("| objectmodel | none: 7 spans lost |");
  }

  @Test
  void aSamplerLosesWhatItShallAndNoMore() {
    assertThat(sampled(9_000).faults()).isEmpty();
    assertThat(sampled(9_500).faults()).containsExactly("5.0 % of the spans arrived of 10.0 %");
    assertThat(sampled(0).faults()).containsExactly("100.0 % of the spans arrived of 10.0 %");
  }

  private static Measurement sampled(long lost) {
    CaseConfig config = LOAD.config();
    LoadCase load =
        LoadCase.of(
            LOAD.folder(),
            new CaseConfig(
                config.protocol(),
                config.payload(),
                config.backend(),
                config.requestsPerSecond(),
                config.inFlightMax(),
                config.warmup(),
                config.measure(),
                0.1,
                config.contestants()));
    Totals totals = new Totals(1_000, 0, 0, 0, 0, lost, 0, 0, 1_000_000, 2_000_000, Map.of());
    Measurement all = measurement(100, ITEMS, totals, 0);
    return new Measurement(load, all.from(), all.to(), totals, all.peakRssKib());
  }

  @Test
  void noRatioWhereAContestantDidNotKeepUp() {
    String report = report(List.of(measurement(100, ITEMS / 2, CLEAN, 0)), List.of(quiet(300)));

    assertThat(report).contains("| objectmodel | none: load-limited: 500 of 1,000 spans/s |");
  }

  @Test
  void roundsInWhichOthersUsedTheMachineAreLeftOut() {
    Measurement noisy = measurement(900, ITEMS, CLEAN, 400);

    assertThat(report(List.of(quiet(100), quiet(100)), List.of(quiet(300), noisy)))
        .contains("| objectmodel | 3.00 | 3.00 | 3.00 | 1 of 2 |");
    assertThat(report(List.of(quiet(100)), List.of(noisy))).contains("none: others used");
  }

  @Test
  void noRatioWhereRequestsWereRefused() {
    Totals refusing = new Totals(990, 10, 0, 0, 0, 0, 0, 0, 1_000_000, 2_000_000, Map.of());

    assertThat(report(List.of(quiet(100)), List.of(measurement(300, ITEMS, refusing, 0))))
        .contains("| objectmodel | none: 10 requests refused |");
  }

  @Test
  void refusalsOfAColdProcessAreShownAndSpoilNothing() {
    Map<String, Long> reasons = Map.of("ring_full", 7L, "queue_full", 3L);
    Totals cold = new Totals(990, 0, 10, 0, 0, 0, 0, 0, 1_000_000, 2_000_000, reasons);

    assertThat(report(List.of(quiet(100)), List.of(measurement(300, ITEMS, cold, 0))))
        .contains("| requests refused while cold | 0 | 10 |")
        .contains("Refused by objectmodel: queue_full 3, ring_full 7\n")
        .contains("| objectmodel | 3.00 |");
  }

  private static String report(List<Measurement> millrace, List<Measurement> objectmodel) {
    return new LoadReport(
            LOAD, Map.of(Contestant.MILLRACE, millrace, Contestant.OBJECTMODEL, objectmodel), false)
        .markdown("here");
  }

  private static Measurement quiet(long ticks) {
    return measurement(ticks, ITEMS, CLEAN, 0);
  }

  private static Measurement measurement(long ticks, long items, Totals totals, long foreignTicks) {
    Snapshot from = new Snapshot(0, new CpuTicks(0, 0), 0, 0, 0, 0, 0);
    Snapshot to =
        new Snapshot(
            TimeUnit.SECONDS.toNanos(10),
            new CpuTicks(ticks, 0),
            0,
            items,
            0,
            ticks + foreignTicks,
            0);
    return new Measurement(LOAD, from, to, totals, 0);
  }
}
