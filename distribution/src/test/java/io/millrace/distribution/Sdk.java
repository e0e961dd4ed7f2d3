package io.millrace.distribution;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;

/** An application with the unmodified OpenTelemetry SDK. Confined to one thread. */
final class Sdk implements AutoCloseable {
  private final OpenTelemetrySdk sdk;

  private Sdk(SpanExporter spans, MetricExporter metrics, LogRecordExporter logs) {
    Resource resource =
        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop"));
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(resource)
                    .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                    .build())
            .setMeterProvider(
                SdkMeterProvider.builder()
                    .setResource(resource)
                    .registerMetricReader(
                        PeriodicMetricReader.builder(metrics)
                            .setInterval(Duration.ofHours(1))
                            .build())
                    .build())
            .setLoggerProvider(
                SdkLoggerProvider.builder()
                    .setResource(resource)
                    .addLogRecordProcessor(BatchLogRecordProcessor.builder(logs).build())
                    .build())
            .build();
  }

  static Sdk overGrpc(int port) {
    String endpoint = "http://127.0.0.1:" + port;
    return new Sdk(
        OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build(),
        OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build(),
        OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint).build());
  }

  static Sdk overHttp(int port, String compression) {
    String endpoint = "http://127.0.0.1:" + port;
    return new Sdk(
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint + "/v1/traces")
            .setCompression(compression)
            .build(),
        OtlpHttpMetricExporter.builder()
            .setEndpoint(endpoint + "/v1/metrics")
            .setCompression(compression)
            .build(),
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(endpoint + "/v1/logs")
            .setCompression(compression)
            .build());
  }

  /**
   * Makes {@code orders} traces of two spans, as many log records, and a counter that counts them.
   */
  void handle(int orders) {
    Tracer tracer = sdk.getTracer("shop.orders", "1.2");
    for (int i = 0; i < orders; i++) {
      Span order = tracer.spanBuilder("order").setAttribute("order.id", i).startSpan();
      try (var _ = order.makeCurrent()) {
        Span payment =
            tracer.spanBuilder("zahlung über€").setAttribute("amount", i * 1.5).startSpan();
        payment.addEvent("declined", Attributes.of(AttributeKey.booleanKey("retry"), true));
        payment.setStatus(StatusCode.ERROR, "card");
        payment.end();
        sdk.getLogsBridge()
            .get("shop.log")
            .logRecordBuilder()
            .setSeverity(Severity.WARN)
            .setBody("order " + i)
            .emit();
      }
      order.end();
    }
    sdk.getMeter("shop.metrics").counterBuilder("orders").build().add(orders);
  }

  /** Sends what is left. */
  @Override
  public void close() {
    sdk.close();
  }
}
