package io.millrace.exporter.tempo;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;
import io.millrace.exporter.otlpgrpc.OtlpGrpcExporter;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;

/** Makes {@code tempo} exporters. Thread safe. */
public final class TempoExporterFactory implements ExporterFactory<OtlpGrpcConfig> {
  /** Half of what gRPC takes unless told, and far below Tempo's burst. */
  private static final int REQUEST_BYTES = 2 << 20;

  @Override
  public String type() {
    return "tempo";
  }

  @Override
  public OtlpGrpcConfig defaultConfig() {
    return OtlpGrpcConfig.carefulDefaults(REQUEST_BYTES);
  }

  @Override
  public ContextKeys reads(OtlpGrpcConfig config) {
    return config.reads();
  }

  @Override
  public Exporter create(ComponentContext context, OtlpGrpcConfig config, Signal signal) {
    if (signal != Signal.TRACES) {
      throw new IllegalArgumentException(
          context.id() + ": " + signal.id() + " (expected: a pipeline of traces)");
    }
    return OtlpGrpcExporter.create(context, config, signal);
  }
}
