package io.millrace.exporter.otlphttp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.Signal;
import java.util.Set;

/** Makes {@code otlp_http} exporters. Thread safe. */
public final class OtlpHttpExporterFactory implements ExporterFactory<OtlpHttpExporterConfig> {
  @Override
  public String type() {
    return "otlp_http";
  }

  @Override
  public Set<String> formerTypes() {
    return Set.of("otlphttp");
  }

  @Override
  public OtlpHttpExporterConfig defaultConfig() {
    return OtlpHttpExporterConfig.defaults();
  }

  @Override
  public Exporter create(ComponentContext context, OtlpHttpExporterConfig config, Signal signal) {
    Authorizer authorizer = Authorizer.of(context.extensions(), config.auth());
    HttpSender sender =
        new HttpSender(config.client(signal), authorizer, config.encoding(), context.clock());
    return config.encoding() == Encoding.PROTO
        ? SendingExporter.create(context, signal, config.sending(), sender)
        : SendingExporter.reading(context, signal, config.sending(), sender);
  }
}
