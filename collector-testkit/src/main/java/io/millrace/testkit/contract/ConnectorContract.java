package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Connector;
import io.millrace.component.Consumer;
import io.millrace.component.Exporter;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every connector has to keep to: all that an exporter has, with pipelines behind it that
 * deliver everything, and that it hides none of their answers. The test supplies {@link
 * #create(ComponentContext, Signal, Consumer)}.
 */
public abstract class ConnectorContract extends ExporterContract {
  /** Creates the connector under test, not started. */
  protected abstract Connector create(ComponentContext context, Signal signal, Consumer next);

  @Override
  protected final Exporter create(ComponentContext context, Signal signal) {
    Connector connector = create(context, signal, batch -> batch.ack().delivered());
    return new Exporter() {
      @Override
      public void start() throws Exception {
        connector.start();
      }

      @Override
      public void consume(OtlpBatch batch) {
        connector.consume(batch);
      }

      @Override
      public void shutdown() {
        connector.shutdown();
      }
    };
  }

  @Test
  final void tellsTheSenderWhatBecameOfItBehind() throws Exception {
    for (Signal signal : signals()) {
      Settlement fate = Settlement.rejected("poison");
      List<OtlpBatch> behind = new ArrayList<>();
      Connector connector =
          create(new FakeHost(Clock.SYSTEM).context("contract"), signal, behind::add);
      Traffic traffic = new Traffic(signal);
      connector.start();

      connector.consume(traffic.batch(3));
      connector.consume(traffic.joined(2, 2));
      behind.forEach(batch -> batch.ack().settle(fate));
      connector.shutdown();

      assertThat(behind).as("batches that went on").isNotEmpty();
      traffic.ledger().probes().forEach(probe -> probe.assertSettledOnce(fate));
    }
  }
}
