package io.millrace.exporter.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;
import io.millrace.exporter.otlpgrpc.OtlpGrpcExporter;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;
import java.util.Set;

/** Makes {@code otlp_grpc} exporters. Thread safe. */
public final class OtlpExporterFactory implements ExporterFactory<OtlpGrpcConfig> {
  @Override
  public String type() {
    return "otlp_grpc";
  }

  @Override
  public Set<String> formerTypes() {
    return Set.of("otlp");
  }

  @Override
  public OtlpGrpcConfig defaultConfig() {
    return OtlpGrpcConfig.defaults();
  }

  @Override
  public ContextKeys reads(OtlpGrpcConfig config) {
    return config.reads();
  }

  @Override
  public Exporter create(ComponentContext context, OtlpGrpcConfig config, Signal signal) {
    return OtlpGrpcExporter.create(context, config, signal);
  }
}
