package io.millrace.testkit.contract;

import static io.millrace.testkit.OtlpSamples.attribute;

import com.google.protobuf.Message;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * Samples with a message in every place that OTLP has for one, in two resources. Stateless.
 *
 * <p>Their attributes are those of {@link OtlpSamples} and {@code nested}.
 */
final class FullRequests {
  private static final KeyValue NESTED =
      KeyValue.newBuilder()
          .setKey("nested")
          .setValue(
              AnyValue.newBuilder()
                  .setKvlistValue(
                      KeyValueList.newBuilder()
                          .addValues(
                              KeyValue.newBuilder()
                                  .setKey("list")
                                  .setValue(
                                      AnyValue.newBuilder()
                                          .setArrayValue(
                                              ArrayValue.newBuilder()
                                                  .addValues(
                                                      AnyValue.newBuilder().setIntValue(1)))))))
          .build();

  private static final Exemplar EXEMPLAR =
      Exemplar.newBuilder()
          .setAsInt(1)
          .setTimeUnixNano(OtlpSamples.TIME_UNIX_NANO)
          .addFilteredAttributes(attribute("k", "v"))
          .build();

  private FullRequests() {}

  /** Returns a request of traces, metrics or logs with {@code items} items, at least 2. */
  static Message of(Signal signal, int items) {
    int half = items / 2;
    return switch (signal) {
      case TRACES -> spans(half).toBuilder().mergeFrom(spans(items - half)).build();
      case METRICS -> points(half).toBuilder().mergeFrom(points(items - half)).build();
      case LOGS -> logs(half).toBuilder().mergeFrom(logs(items - half)).build();
      case PROFILES ->
          throw new IllegalArgumentException(
              "signal: profiles (expected: traces, metrics or logs)");
    };
  }

  private static ExportTraceServiceRequest spans(int count) {
    ExportTraceServiceRequest.Builder request = OtlpSamples.spanRequest(count).toBuilder();
    for (Span.Builder span :
        request.getResourceSpansBuilder(0).getScopeSpansBuilder(0).getSpansBuilderList()) {
      span.addAttributes(NESTED).setStatus(Status.newBuilder().setMessage("fine"));
      span.addEventsBuilder().setName("cache miss").addAttributes(attribute("k", "v"));
      span.addLinksBuilder().setTraceId(span.getTraceId()).setSpanId(span.getSpanId());
      span.getLinksBuilder(0).addAttributes(attribute("k", "v"));
    }
    return request.build();
  }

  private static ExportLogsServiceRequest logs(int count) {
    ExportLogsServiceRequest.Builder request = OtlpSamples.logRequest(count).toBuilder();
    for (LogRecord.Builder item :
        request.getResourceLogsBuilder(0).getScopeLogsBuilder(0).getLogRecordsBuilderList()) {
      item.addAttributes(NESTED);
    }
    return request.build();
  }

  /** Every point is a metric of its own, of the five kinds in turn. */
  private static ExportMetricsServiceRequest points(int count) {
    ExportMetricsServiceRequest.Builder request = OtlpSamples.pointRequest(count).toBuilder();
    ScopeMetrics.Builder scope = request.getResourceMetricsBuilder(0).getScopeMetricsBuilder(0);
    Metric sum = scope.getMetrics(0);
    scope.clearMetrics();
    for (int i = 0; i < count; i++) {
      NumberDataPoint point =
          sum.getSum().getDataPoints(i).toBuilder().addExemplars(EXEMPLAR).build();
      scope.addMetrics(metric(sum, i % 5, point).addMetadata(NESTED));
    }
    return request.build();
  }

  private static Metric.Builder metric(Metric sum, int kind, NumberDataPoint point) {
    Metric.Builder metric = Metric.newBuilder().setName("http.server." + kind);
    switch (kind) {
      case 0 -> metric.setSum(sum.getSum().toBuilder().clearDataPoints().addDataPoints(point));
      case 1 -> metric.getGaugeBuilder().addDataPoints(point);
      case 2 ->
          metric
              .getHistogramBuilder()
              .setAggregationTemporality(sum.getSum().getAggregationTemporality())
              .addDataPoints(
                  HistogramDataPoint.newBuilder()
                      .setTimeUnixNano(point.getTimeUnixNano())
                      .addAllAttributes(point.getAttributesList())
                      .setCount(1)
                      .addBucketCounts(1)
                      .addExemplars(EXEMPLAR));
      case 3 ->
          metric
              .getExponentialHistogramBuilder()
              .setAggregationTemporality(sum.getSum().getAggregationTemporality())
              .addDataPoints(
                  ExponentialHistogramDataPoint.newBuilder()
                      .setTimeUnixNano(point.getTimeUnixNano())
                      .addAllAttributes(point.getAttributesList())
                      .setCount(1)
                      .setSum(1)
                      .setPositive(
                          ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(1))
                      .setNegative(ExponentialHistogramDataPoint.Buckets.getDefaultInstance())
                      .addExemplars(EXEMPLAR));
      default ->
          metric
              .getSummaryBuilder()
              .addDataPoints(
                  SummaryDataPoint.newBuilder()
                      .setTimeUnixNano(point.getTimeUnixNano())
                      .addAllAttributes(point.getAttributesList())
                      .setCount(1)
                      .addQuantileValues(
                          SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5)));
    }
    return metric;
  }
}
