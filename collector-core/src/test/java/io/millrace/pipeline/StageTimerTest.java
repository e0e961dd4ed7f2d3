package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Consumer;
import io.millrace.component.FakeClock;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import org.junit.jupiter.api.Test;

class StageTimerTest {
  private static final OtlpBatch BATCH =
      new OtlpBatch(
          new byte[0],
          0,
          0,
          Signal.LOGS,
          1,
          new Arrival(0, 0),
          RequestContext.EMPTY,
          Ack.of(settlement -> {}));

  private final FakeClock clock = new FakeClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final StageTimer.Behind behind = new StageTimer.Behind();

  /** Scenario: a stage passes a batch on twice, and is passed two batches. */
  @Test
  void aStagesTimeIsWithoutThatOfTheStagesBehindIt() {
    Consumer exporters = new StageTimer(batch -> pass(1_000), null, behind, clock);
    Consumer last = timer("last", batch -> work(20, exporters, batch));
    Consumer first =
        timer(
            "first",
            batch -> {
              work(3, last, batch);
              work(4, last, batch);
            });

    first.consume(BATCH);
    first.consume(BATCH);

    assertThat(PrometheusText.write(metrics))
        .contains("d_sum{processor=\"first\"} 14\n")
        .contains("d_count{processor=\"first\"} 2\n")
        .contains("d_sum{processor=\"last\"} 80\n")
        .contains("d_count{processor=\"last\"} 4\n");
  }

  private Consumer timer(String name, Consumer stage) {
    return new StageTimer(stage, metrics.durations("d", "D.", "processor", name), behind, clock);
  }

  private void work(long seconds, Consumer next, OtlpBatch batch) {
    pass(seconds);
    next.consume(batch);
  }

  private void pass(long seconds) {
    clock.nanos.addAndGet(seconds * 1_000_000_000);
  }
}
