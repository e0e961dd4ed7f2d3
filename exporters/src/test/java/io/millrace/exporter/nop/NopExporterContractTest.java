package io.millrace.exporter.nop;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ExporterContract;

/** The {@code nop} exporter keeps to what every exporter has to. */
class NopExporterContractTest extends ExporterContract {
  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    NopExporterFactory factory = new NopExporterFactory();
    return factory.create(context, factory.defaultConfig(), signal);
  }
}
