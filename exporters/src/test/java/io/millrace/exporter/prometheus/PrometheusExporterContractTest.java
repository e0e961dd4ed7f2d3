package io.millrace.exporter.prometheus;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ExporterContract;
import java.util.Set;

/** The {@code prometheus} exporter keeps to what every exporter has to. */
class PrometheusExporterContractTest extends ExporterContract {
  @Override
  protected Set<Signal> signals() {
    return Set.of(Signal.METRICS);
  }

  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    return new PrometheusExporterFactory()
        .create(context, Configs.of("endpoint: localhost:0"), signal);
  }
}
