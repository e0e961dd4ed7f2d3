package io.millrace.testkit.contract;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Signal;

/** Small exporters that keep the contract, and the kits for them. */
final class GoodExporters {
  private GoodExporters() {}

  static final class Discarding extends ExporterContract {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return batch -> batch.ack().delivered();
    }
  }

  static final class Sending extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination);
    }
  }

  /** Leaves the exporter to its subclasses. */
  abstract static class Remote extends OtlpExporterContract {
    final FakeDestination destination = new FakeDestination();

    @Override
    protected Destination destination() {
      return destination;
    }
  }
}
