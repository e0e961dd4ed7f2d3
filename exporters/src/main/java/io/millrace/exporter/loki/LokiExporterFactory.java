package io.millrace.exporter.loki;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;

/** Makes {@code loki} exporters. Thread safe. */
public final class LokiExporterFactory implements ExporterFactory<LokiExporterConfig> {
  @Override
  public String type() {
    return "loki";
  }

  @Override
  public LokiExporterConfig defaultConfig() {
    return LokiExporterConfig.defaults();
  }

  @Override
  public ContextKeys reads(LokiExporterConfig config) {
    return config.reads();
  }

  @Override
  public Exporter create(ComponentContext context, LokiExporterConfig config, Signal signal) {
    if (signal != Signal.LOGS) {
      throw new IllegalArgumentException(
          context.id() + ": " + signal.id() + " (expected: a pipeline of logs)");
    }
    Counter assumedDelivered =
        context
            .metrics()
            .counter(
                "otelcol_exporter_loki_assumed_delivered",
                "Log records that the backend called repeated after an attempt without an answer.",
                "exporter",
                context.id().toString());
    Authorizer authorizer = Authorizer.of(context.extensions(), config.auth());
    LokiClient client =
        new LokiClient(config.client(), authorizer, context.clock(), assumedDelivered);
    LokiSplitter splitter = new LokiSplitter(config, new Rejections(context), client);
    return SendingExporter.inLanes(context, signal, config.sending(), splitter);
  }
}
