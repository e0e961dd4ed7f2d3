package io.millrace.exporter.nop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import org.junit.jupiter.api.Test;

class NopExporterTest {
  @Test
  void deliversWhateverComes() {
    NopExporterFactory factory = new NopExporterFactory();
    Exporter exporter =
        factory.create(
            new FakeHost(Clock.SYSTEM).context("nop"), factory.defaultConfig(), Signal.LOGS);
    AckProbe ack = new AckProbe("ack");

    exporter.consume(OtlpSamples.logs(1).withAck(ack));

    ack.assertSettledOnce(Settlement.DELIVERED);
    assertThat(factory.type()).isEqualTo("nop");
  }
}
