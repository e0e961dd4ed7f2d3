package io.millrace.distribution;

import io.millrace.component.ComponentFactory;
import io.millrace.connector.forward.ForwardConnectorFactory;
import io.millrace.exporter.debug.DebugExporterFactory;
import io.millrace.exporter.loki.LokiExporterFactory;
import io.millrace.exporter.nop.NopExporterFactory;
import io.millrace.exporter.otlp.OtlpExporterFactory;
import io.millrace.exporter.otlphttp.OtlpHttpExporterFactory;
import io.millrace.exporter.prometheus.PrometheusExporterFactory;
import io.millrace.exporter.prometheusremotewrite.PrometheusRemoteWriteExporterFactory;
import io.millrace.exporter.tempo.TempoExporterFactory;
import io.millrace.extension.basicauth.BasicAuthExtensionFactory;
import io.millrace.extension.bearertokenauth.BearerTokenAuthExtensionFactory;
import io.millrace.extension.headerssetter.HeadersSetterExtensionFactory;
import io.millrace.extension.healthcheck.HealthCheckExtensionFactory;
import io.millrace.extension.memorylimiter.MemoryLimiterExtensionFactory;
import io.millrace.extension.oauth2client.OAuth2ClientExtensionFactory;
import io.millrace.extension.pprof.PprofExtensionFactory;
import io.millrace.extension.zpages.ZpagesExtensionFactory;
import io.millrace.processor.attributes.AttributesProcessorFactory;
import io.millrace.processor.batch.BatchProcessorFactory;
import io.millrace.processor.memorylimiter.MemoryLimiterFactory;
import io.millrace.processor.probabilisticsampler.ProbabilisticSamplerFactory;
import io.millrace.processor.resource.ResourceProcessorFactory;
import io.millrace.processor.tailsampling.TailSamplingProcessorFactory;
import io.millrace.receiver.otlp.OtlpReceiverFactory;
import java.util.List;

/** What is in this distribution. A component is added here and nowhere else. */
final class Components {
  static final List<ComponentFactory<?>> ALL =
      List.of(
          new OtlpReceiverFactory(),
          new AttributesProcessorFactory(),
          new BatchProcessorFactory(),
          new MemoryLimiterFactory(),
          new ProbabilisticSamplerFactory(),
          new ResourceProcessorFactory(),
          new TailSamplingProcessorFactory(),
          new DebugExporterFactory(),
          new LokiExporterFactory(),
          new NopExporterFactory(),
          new OtlpExporterFactory(),
          new OtlpHttpExporterFactory(),
          new PrometheusExporterFactory(),
          new PrometheusRemoteWriteExporterFactory(),
          new TempoExporterFactory(),
          new ForwardConnectorFactory(),
          new BasicAuthExtensionFactory(),
          new BearerTokenAuthExtensionFactory(),
          new HeadersSetterExtensionFactory(),
          new HealthCheckExtensionFactory(),
          new MemoryLimiterExtensionFactory(),
          new OAuth2ClientExtensionFactory(),
          new PprofExtensionFactory(),
          new ZpagesExtensionFactory());

  private Components() {}
}
