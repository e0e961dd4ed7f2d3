package io.millrace.exporter.debug;

import static io.millrace.testkit.OtlpSamples.attribute;

import com.google.protobuf.ByteString;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/** One request of each signal with a value in every field. */
final class Requests {
  private static final long TIME = 1_700_000_000_500_000_000L;
  private static final ByteString TRACE_ID = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
  private static final ByteString SPAN_ID = ByteString.fromHex("a1a2a3a4a5a6a7a8");
  private static final Resource RESOURCE =
      Resource.newBuilder().addAttributes(attribute("service.name", "checkout")).build();
  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder()
          .setName("lib")
          .setVersion("1.0")
          .addAttributes(attribute("a", "b"))
          .build();

  private Requests() {}

  static OtlpBatch spans() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    Span.Builder span =
        request
            .addResourceSpansBuilder()
            .setResource(RESOURCE)
            .setSchemaUrl("http://schema/r")
            .addScopeSpansBuilder()
            .setScope(SCOPE)
            .setSchemaUrl("http://schema/s")
            .addSpansBuilder()
            .setTraceId(TRACE_ID)
            .setSpanId(SPAN_ID)
            .setParentSpanId(SPAN_ID)
            .setTraceState("k=v")
            .setName("GET /")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(TIME)
            .setEndTimeUnixNano(TIME + 1_000_000)
            .setStatus(
                Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("oops"))
            .setFlags(257)
            .setDroppedAttributesCount(1)
            .setDroppedEventsCount(2)
            .setDroppedLinksCount(3)
            .addAttributes(attribute("http.method", "GET"));
    span.addEventsBuilder()
        .setName("miss")
        .setTimeUnixNano(TIME)
        .setDroppedAttributesCount(4)
        .addAttributes(attribute("k", "v"));
    span.addLinksBuilder()
        .setTraceId(TRACE_ID)
        .setSpanId(SPAN_ID)
        .setTraceState("l=m")
        .setFlags(1)
        .setDroppedAttributesCount(5)
        .addAttributes(attribute("k", "v"));
    return OtlpSamples.batch(Signal.TRACES, request.build(), 1);
  }

  static OtlpBatch logs() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    LogRecord.Builder log =
        request
            .addResourceLogsBuilder()
            .setResource(RESOURCE)
            .addScopeLogsBuilder()
            .setScope(SCOPE)
            .addLogRecordsBuilder()
            .setTimeUnixNano(TIME)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
            .setSeverityText("WARN")
            .setEventName("tick")
            .setTraceId(TRACE_ID)
            .setSpanId(SPAN_ID)
            .setFlags(1)
            .setDroppedAttributesCount(2);
    KeyValueList.Builder map = KeyValueList.newBuilder();
    map.addValues(pair("s", AnyValue.newBuilder().setStringValue("x")));
    map.addValues(
        pair(
            "list",
            AnyValue.newBuilder()
                .setArrayValue(
                    ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setIntValue(-1))
                        .addValues(AnyValue.newBuilder().setBoolValue(true)))));
    log.setBody(AnyValue.newBuilder().setKvlistValue(map));
    log.addAttributes(pair("double", AnyValue.newBuilder().setDoubleValue(1.5)));
    log.addAttributes(
        pair("bytes", AnyValue.newBuilder().setBytesValue(ByteString.fromHex("00ff"))));
    log.addAttributes(pair("empty", AnyValue.newBuilder()));
    return OtlpSamples.batch(Signal.LOGS, request.build(), 1);
  }

  static OtlpBatch metrics() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    ScopeMetrics.Builder scope =
        request
            .addResourceMetricsBuilder()
            .setResource(RESOURCE)
            .addScopeMetricsBuilder()
            .setScope(SCOPE);
    gauge(scope.addMetricsBuilder());
    sum(scope.addMetricsBuilder());
    histogram(scope.addMetricsBuilder());
    exponential(scope.addMetricsBuilder());
    summary(scope.addMetricsBuilder());
    return OtlpSamples.batch(Signal.METRICS, request.build(), 5);
  }

  private static void gauge(Metric.Builder metric) {
    metric.setName("temp").setDescription("how warm").setUnit("Cel");
    metric.addMetadata(attribute("m", "n"));
    metric
        .getGaugeBuilder()
        .addDataPoints(
            NumberDataPoint.newBuilder()
                .setTimeUnixNano(TIME)
                .setAsDouble(21.5)
                .setFlags(1)
                .addAttributes(attribute("room", "a"))
                .addExemplars(
                    Exemplar.newBuilder()
                        .setTimeUnixNano(TIME)
                        .setTraceId(TRACE_ID)
                        .setSpanId(SPAN_ID)
                        .setAsInt(7)
                        .addFilteredAttributes(attribute("k", "v"))));
  }

  private static void sum(Metric.Builder metric) {
    metric.setName("requests");
    metric
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(TIME).setAsInt(3));
  }

  private static void histogram(Metric.Builder metric) {
    metric.setName("latency");
    metric
        .getHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
        .addDataPoints(
            HistogramDataPoint.newBuilder()
                .setTimeUnixNano(TIME)
                .setCount(6)
                .setSum(12.5)
                .setMin(1)
                .setMax(9)
                .addExplicitBounds(2)
                .addExplicitBounds(5)
                .addBucketCounts(1)
                .addBucketCounts(2)
                .addBucketCounts(3));
  }

  private static void exponential(Metric.Builder metric) {
    metric.setName("size");
    metric
        .getExponentialHistogramBuilder()
        .addDataPoints(
            ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(TIME)
                .setCount(4)
                .setSum(8)
                .setScale(-2)
                .setZeroCount(1)
                .setZeroThreshold(0.25)
                .setPositive(
                    ExponentialHistogramDataPoint.Buckets.newBuilder()
                        .setOffset(-1)
                        .addBucketCounts(3)));
  }

  private static void summary(Metric.Builder metric) {
    metric.setName("old");
    metric
        .getSummaryBuilder()
        .addDataPoints(
            SummaryDataPoint.newBuilder()
                .setTimeUnixNano(TIME)
                .setCount(2)
                .setSum(3)
                .addQuantileValues(
                    SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(1.25)));
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
