package io.millrace.exporter.otlphttp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.Signal;
import java.util.Set;

/** Makes {@code otlphttp} exporters. Thread safe. */
public final class OtlpHttpExporterFactory implements ExporterFactory<OtlpHttpExporterConfig> {
  @Override
  public String type() {
    return "otlphttp";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("otlp_http");
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
