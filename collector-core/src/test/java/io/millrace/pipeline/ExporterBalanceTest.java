package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.FakeClock;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExporterBalanceTest {
  private final FakeClock clock = new FakeClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final EdgeLedger one = new EdgeLedger("one", "x", Signal.LOGS, false, metrics, clock);
  private final EdgeLedger two = new EdgeLedger("two", "x", Signal.LOGS, false, metrics, clock);
  private long heldInExporter;
  private long heldInOne;

  @BeforeEach
  void expose() {
    new ExporterBalance(
            "items",
            () -> heldInExporter,
            List.of(
                new ExporterBalance.Edge(one, one::unendedItems, () -> heldInOne),
                new ExporterBalance.Edge(two, two::unendedItems, () -> 0)))
        .expose(metrics);
  }

  @Test
  void sharesOutWhatTheExporterHoldsByWhatTheBooksMiss() {
    one.accepted(10, 0);
    two.accepted(20, 0);
    heldInOne = 3;
    heldInExporter = 27;

    assertThat(value("millrace_held_items", "one")).isEqualTo(10);
    assertThat(value("millrace_held_items", "two")).isEqualTo(20);
    assertThat(value("millrace_ledger_residual_items", "one")).isZero();
    assertThat(value("millrace_ledger_residual_items", "two")).isZero();
  }

  @Test
  void putsWhatNoBookKnowsOnTheFirstEdge() {
    heldInExporter = 4;

    assertThat(value("millrace_ledger_residual_items", "one")).isEqualTo(-4);
    assertThat(value("millrace_ledger_residual_items", "two")).isZero();
  }

  @Test
  void showsWhatNobodyHolds() {
    two.accepted(20, 0);

    assertThat(value("millrace_ledger_residual_items", "two")).isEqualTo(20);
    assertThat(value("millrace_held_items", "two")).isZero();
  }

  private long value(String metric, String pipeline) {
    String series = metric + "{exporter=\"x\",pipeline=\"" + pipeline + "\"} ";
    return PrometheusText.write(metrics)
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> Long.parseLong(line.substring(series.length())))
        .sum();
  }
}
