package io.millrace.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.exporter.debug.DebugExporterConfig.Verbosity;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DebugExporterTest {
  private final FakeHost host = new FakeHost(new ManualClock());
  private final AckLedger ledger = new AckLedger();
  private final List<String> printed = new ArrayList<>();

  private Exporter exporter(Signal signal, Verbosity verbosity, int initial) {
    DebugExporterConfig config = new DebugExporterConfig(verbosity, initial, 0, true);
    return new DebugExporter(host.context("debug/x"), config, signal, printed::add);
  }

  private void export(OtlpBatch batch) {
    exporter(batch.signal(), Verbosity.BASIC, 1).consume(ledger.watch(batch));
  }

  @Test
  void countsABatchOnOneLine() {
    export(
        OtlpJoiner.join(List.of(OtlpSamples.spans(2), OtlpSamples.spans(3)), RequestContext.EMPTY));
    export(
        OtlpJoiner.join(
            List.of(OtlpSamples.points(2), OtlpSamples.points(3)), RequestContext.EMPTY));
    export(OtlpSamples.logs(4));
    export(OtlpSamples.profile());

    assertThat(printed)
        .containsExactly(
            "Traces {\"resource spans\": 2, \"spans\": 5}",
            "Metrics {\"resource metrics\": 2, \"metrics\": 2, \"data points\": 5}",
            "Logs {\"resource logs\": 1, \"log records\": 4}",
            "Profiles {\"requests\": 1}");
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void deliversWhetherItPrintsOrNot(Signal signal) {
    Exporter exporter = exporter(signal, Verbosity.DETAILED, 1);
    for (int i = 0; i < 3; i++) {
      exporter.consume(ledger.watch(OtlpSamples.batch(signal, 2)));
    }

    assertThat(printed).hasSize(1);
    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
    String sent = "otelcol_exporter_sent_" + signal.items();
    assertThat(host.metrics().counter(sent, "", "exporter", "debug/x").value())
        .isEqualTo(3L * OtlpSamples.batch(signal, 2).items());
  }

  @Test
  void asksForTheDepthItReads() {
    assertThat(exporter(Signal.LOGS, Verbosity.BASIC, 1).requires()).isEqualTo(Validation.FRAMING);
    assertThat(exporter(Signal.LOGS, Verbosity.NORMAL, 1).requires()).isEqualTo(Validation.DEEP);
    assertThat(exporter(Signal.LOGS, Verbosity.DETAILED, 1).requires()).isEqualTo(Validation.DEEP);
    assertThat(exporter(Signal.PROFILES, Verbosity.DETAILED, 1).requires())
        .isEqualTo(Validation.OPAQUE);
  }
}
