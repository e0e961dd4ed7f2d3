package io.millrace.exporter.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.Signal;
import java.util.Set;

/** Makes {@code otlp} exporters. Thread safe. */
public final class OtlpExporterFactory implements ExporterFactory<OtlpExporterConfig> {
  @Override
  public String type() {
    return "otlp";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("otlp_grpc");
  }

  @Override
  public OtlpExporterConfig defaultConfig() {
    return OtlpExporterConfig.defaults();
  }

  @Override
  public Exporter create(ComponentContext context, OtlpExporterConfig config, Signal signal) {
    GrpcSender sender = new GrpcSender(config.client(), signal);
    return SendingExporter.create(context, signal, config.sending(), sender);
  }
}
