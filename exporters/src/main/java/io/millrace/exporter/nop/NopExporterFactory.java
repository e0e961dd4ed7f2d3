package io.millrace.exporter.nop;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.pdata.Signal;

/** Makes {@code nop} exporters. Thread safe. */
public final class NopExporterFactory implements ExporterFactory<NopExporterConfig> {
  @Override
  public String type() {
    return "nop";
  }

  @Override
  public NopExporterConfig defaultConfig() {
    return new NopExporterConfig();
  }

  @Override
  public Exporter create(ComponentContext context, NopExporterConfig config, Signal signal) {
    return batch -> batch.ack().delivered();
  }
}
