package io.millrace.exporter.nop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Exporter;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NopExporterTest {
  @Test
  void deliversWhateverComes() {
    NopExporterFactory factory = new NopExporterFactory();
    ComponentContext context =
        new ComponentContext(
            ComponentId.parse("nop"),
            Clock.SYSTEM,
            new MetricRegistry(),
            new ByteBudget(1),
            e -> {});
    Exporter exporter = factory.create(context, factory.defaultConfig(), Signal.LOGS);
    List<Settlement> settlements = new ArrayList<>();

    exporter.consume(
        new OtlpBatch(
            new byte[0],
            0,
            0,
            Signal.LOGS,
            1,
            new Arrival(0, 0),
            RequestContext.EMPTY,
            Ack.of(settlements::add)));

    assertThat(settlements).containsExactly(Settlement.DELIVERED);
    assertThat(factory.type()).isEqualTo("nop");
  }
}
