package io.millrace.exporter.prometheus;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.pdata.Signal;

/** Makes {@code prometheus} exporters. Thread safe. */
public final class PrometheusExporterFactory implements ExporterFactory<PrometheusExporterConfig> {
  @Override
  public String type() {
    return "prometheus";
  }

  @Override
  public PrometheusExporterConfig defaultConfig() {
    return PrometheusExporterConfig.defaults();
  }

  @Override
  public Exporter create(ComponentContext context, PrometheusExporterConfig config, Signal signal) {
    if (signal != Signal.METRICS) {
      throw new IllegalArgumentException(
          context.id() + ": " + signal.id() + " (expected: a pipeline of metrics)");
    }
    return new PrometheusExporter(context, config);
  }
}
