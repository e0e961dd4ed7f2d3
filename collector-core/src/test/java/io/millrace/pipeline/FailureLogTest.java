package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.FakeClock;
import io.millrace.config.PipelineId;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private final FakeClock clock = new FakeClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final FailureLog log = new FailureLog(PipelineId.parse("logs"), metrics, clock);

  @Test
  void countsEveryFailureAndLogsOnePerInterval() {
    assertThat(log.note(failure())).isTrue();
    assertThat(log.note(failure())).isFalse();
    clock.nanos.addAndGet(FailureLog.INTERVAL_NANOS - 1);
    assertThat(log.note(failure())).isFalse();
    clock.nanos.addAndGet(1);
    assertThat(log.note(failure())).isTrue();

    Counter counter = metrics.counter("millrace_pipeline_failures_total", "", "pipeline", "logs");
    assertThat(counter.value()).isEqualTo(4);
  }

  private static RuntimeException failure() {
    return new IllegalStateException("expected by the test");
  }
}
