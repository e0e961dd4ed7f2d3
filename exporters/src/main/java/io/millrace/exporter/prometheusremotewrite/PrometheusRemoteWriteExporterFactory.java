package io.millrace.exporter.prometheusremotewrite;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import java.util.Set;

/** Makes {@code prometheus_remote_write} exporters. Thread safe. */
public final class PrometheusRemoteWriteExporterFactory
    implements ExporterFactory<PrometheusRemoteWriteExporterConfig> {
  @Override
  public String type() {
    return "prometheus_remote_write";
  }

  @Override
  public Set<String> formerTypes() {
    return Set.of("prometheusremotewrite");
  }

  @Override
  public PrometheusRemoteWriteExporterConfig defaultConfig() {
    return PrometheusRemoteWriteExporterConfig.defaults();
  }

  @Override
  public Exporter create(
      ComponentContext context, PrometheusRemoteWriteExporterConfig config, Signal signal) {
    if (signal != Signal.METRICS) {
      throw new IllegalArgumentException(
          context.id() + ": " + signal.id() + " (expected: a pipeline of metrics)");
    }
    Counter assumedDelivered =
        context
            .metrics()
            .counter(
                "otelcol_exporter_prometheusremotewrite_assumed_delivered",
                "Points that the backend called repeated after an attempt without an answer.",
                "exporter",
                context.id().toString());
    RemoteWriteClient client =
        new RemoteWriteClient(
            config.protocol(),
            config::client,
            Authorizer.of(context.extensions(), config.auth()),
            context.clock(),
            assumedDelivered);
    RemoteWriteSplitter splitter =
        new RemoteWriteSplitter(
            context,
            config.translation(),
            config.lanes(),
            config.requestBytesMax(),
            config.sendMetadata(),
            config.delta().stage(context.budget()),
            client);
    return SendingExporter.inLanes(context, signal, config.sending(), splitter);
  }
}
