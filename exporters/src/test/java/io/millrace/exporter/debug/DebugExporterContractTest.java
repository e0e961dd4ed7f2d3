package io.millrace.exporter.debug;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ExporterContract;

/** The {@code debug} exporter keeps to what every exporter has to. */
class DebugExporterContractTest extends ExporterContract {
  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    return new DebugExporter(context, DebugExporterConfig.DEFAULT, signal, text -> {});
  }
}
