package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.FakeClock;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import org.junit.jupiter.api.Test;

class EdgeLedgerTest {
  private final FakeClock clock = new FakeClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final EdgeLedger told =
      new EdgeLedger("traces", "a", Signal.TRACES, false, metrics, clock);
  private final EdgeLedger waiting =
      new EdgeLedger("traces", "b", Signal.TRACES, true, metrics, clock);

  @Test
  void countsEveryEndUnderItsName() {
    told.accepted(100, 1000);
    told.generated(5, 50);
    told.ended(60, 600, Settlement.DELIVERED);
    told.ended(20, 200, Settlement.dropped("filtered"));
    told.ended(10, 100, Settlement.refused("retries_exhausted", 0));
    told.ended(8, 80, Settlement.rejected("permanent_error"));

    assertThat(told.unendedItems()).isEqualTo(7);
    assertThat(told.unendedBytes()).isEqualTo(70);
    assertThat(text())
        .contains(series("a", "accepted", "", 100))
        .contains(series("a", "generated", "", 5))
        .contains(series("a", "delivered", "", 60))
        .contains(series("a", "dropped", "filtered", 20))
        .contains(series("a", "dropped", "retries_exhausted", 10))
        .contains(series("a", "dropped", "permanent_error", 8))
        .contains(series("a", "dropped", "permanent_error", 80).replace("items", "bytes"));
  }

  @Test
  void measuresHowLongDeliveredItemsTook() {
    long arrivalNanos = clock.nanos();
    clock.nanos.addAndGet(250_000_000);
    told.delivered(arrivalNanos);

    assertThat(text())
        .contains(
            "millrace_delivery_duration_seconds_sum{exporter=\"a\",pipeline=\"traces\","
                + "signal=\"traces\"} 0.25\n");
  }

  @Test
  void countsAsReturnedWhatTheWaitingSenderWasTold() {
    waiting.ended(10, 100, Settlement.refused("retries_exhausted", 0));
    waiting.ended(8, 80, Settlement.rejected("permanent_error"));
    waiting.ended(2, 20, Settlement.dropped("filtered"));

    assertThat(text())
        .contains(series("b", "returned", "retries_exhausted", 10))
        .contains(series("b", "returned", "permanent_error", 8))
        .contains(series("b", "dropped", "filtered", 2));
  }

  @Test
  void countsNoEndForWhatAProcessorHolds() {
    told.accepted(4, 40);
    told.ended(4, 40, Settlement.HELD);

    assertThat(told.unendedItems()).isEqualTo(4);
  }

  @Test
  void boundsTheNumberOfReasons() {
    for (int i = 0; i < EdgeLedger.REASONS_MAX + 10; i++) {
      told.ended(1, 10, Settlement.dropped("reason" + i));
    }

    assertThat(text()).contains(series("a", "dropped", "other", 10));
    assertThat(told.unendedItems()).isEqualTo(-EdgeLedger.REASONS_MAX - 10);
  }

  private String text() {
    return PrometheusText.write(metrics);
  }

  private static String series(String exporter, String outcome, String reason, int items) {
    return "millrace_items_total{exporter=\"%s\",outcome=\"%s\",pipeline=\"traces\",reason=\"%s\",signal=\"traces\"} %d\n"
        .formatted(exporter, outcome, reason, items);
  }
}
