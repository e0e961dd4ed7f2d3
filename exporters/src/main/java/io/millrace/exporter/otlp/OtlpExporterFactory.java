package io.millrace.exporter.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;
import io.millrace.exporter.otlpgrpc.OtlpGrpcExporter;
import io.millrace.pdata.Signal;
import java.util.Set;

/** Makes {@code otlp} exporters. Thread safe. */
public final class OtlpExporterFactory implements ExporterFactory<OtlpGrpcConfig> {
  @Override
  public String type() {
    return "otlp";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("otlp_grpc");
  }

  @Override
  public OtlpGrpcConfig defaultConfig() {
    return OtlpGrpcConfig.defaults();
  }

  @Override
  public Exporter create(ComponentContext context, OtlpGrpcConfig config, Signal signal) {
    return OtlpGrpcExporter.create(context, config, signal);
  }
}
