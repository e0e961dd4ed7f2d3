package io.millrace.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.profiles.v1development.Profile;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small readable requests of every signal: one resource {@code service.name=checkout}, one scope,
 * and as many items as asked for.
 *
 * <p>No two items of a process are equal: span ids, the {@code sequence} of a log record's
 * attributes and the {@code sequence} of a data point's attributes count up, so that a test can
 * look for loss and duplicates. The {@code ...Request} methods return messages to build upon, the
 * others batches whose ack is nobody's. Thread safe.
 */
public final class OtlpSamples {
  /** When all samples happened, in nanoseconds since 1970. */
  public static final long TIME_UNIX_NANO = 1_700_000_000_000_000_000L;

  private static final Arrival ARRIVAL = new Arrival(0, TIME_UNIX_NANO);
  private static final AtomicLong SEQUENCE = new AtomicLong();
  private static final Resource RESOURCE =
      Resource.newBuilder().addAttributes(attribute("service.name", "checkout")).build();
  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("io.millrace.samples").setVersion("1.0").build();

  private OtlpSamples() {}

  public static OtlpBatch spans(int count) {
    return batch(Signal.TRACES, spanBytes(count), count);
  }

  public static OtlpBatch logs(int count) {
    return batch(Signal.LOGS, logBytes(count), count);
  }

  public static OtlpBatch points(int count) {
    return batch(Signal.METRICS, pointBytes(count), count);
  }

  /** A batch of one profile, which counts as one item. */
  public static OtlpBatch profile() {
    return batch(Signal.PROFILES, profileRequest().toByteArray(), 1);
  }

  /** A batch of the signal with {@code count} items, 1 for profiles. */
  public static OtlpBatch batch(Signal signal, int count) {
    return switch (signal) {
      case TRACES -> spans(count);
      case METRICS -> points(count);
      case LOGS -> logs(count);
      case PROFILES -> profile();
    };
  }

  /** Wraps any request; the ack tells nobody. */
  public static OtlpBatch batch(Signal signal, MessageLite request, int items) {
    return batch(signal, request.toByteArray(), items);
  }

  public static byte[] spanBytes(int count) {
    return spanRequest(count).toByteArray();
  }

  public static byte[] logBytes(int count) {
    return logRequest(count).toByteArray();
  }

  public static byte[] pointBytes(int count) {
    return pointRequest(count).toByteArray();
  }

  public static ExportTraceServiceRequest spanRequest(int count) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope =
        request
            .addResourceSpansBuilder()
            .setResource(RESOURCE)
            .addScopeSpansBuilder()
            .setScope(SCOPE);
    for (int i = 0; i < count; i++) {
      scope.addSpans(span(SEQUENCE.incrementAndGet()));
    }
    return request.build();
  }

  public static ExportLogsServiceRequest logRequest(int count) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var scope =
        request
            .addResourceLogsBuilder()
            .setResource(RESOURCE)
            .addScopeLogsBuilder()
            .setScope(SCOPE);
    for (int i = 0; i < count; i++) {
      scope.addLogRecords(logRecord(SEQUENCE.incrementAndGet()));
    }
    return request.build();
  }

  /** One monotonic cumulative sum {@code http.server.requests} with {@code count} points. */
  public static ExportMetricsServiceRequest pointRequest(int count) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < count; i++) {
      sum.addDataPoints(point(SEQUENCE.incrementAndGet()));
    }
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .setResource(RESOURCE)
        .addScopeMetricsBuilder()
        .setScope(SCOPE)
        .addMetricsBuilder()
        .setName("http.server.requests")
        .setUnit("{request}")
        .setSum(sum);
    return request.build();
  }

  public static ExportProfilesServiceRequest profileRequest() {
    ExportProfilesServiceRequest.Builder request = ExportProfilesServiceRequest.newBuilder();
    request
        .addResourceProfilesBuilder()
        .setResource(RESOURCE)
        .addScopeProfilesBuilder()
        .setScope(SCOPE)
        .addProfiles(Profile.newBuilder().setProfileId(id(SEQUENCE.incrementAndGet(), 16)));
    return request.build();
  }

  public static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  public static KeyValue attribute(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  private static Span span(long sequence) {
    return Span.newBuilder()
        .setTraceId(id(sequence, 16))
        .setSpanId(id(sequence, 8))
        .setName("GET /cart")
        .setKind(SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(TIME_UNIX_NANO)
        .setEndTimeUnixNano(TIME_UNIX_NANO + 1_000_000)
        .addAttributes(attribute("http.request.method", "GET"))
        .addAttributes(attribute("http.response.status_code", 200))
        .build();
  }

  private static LogRecord logRecord(long sequence) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(TIME_UNIX_NANO)
        .setObservedTimeUnixNano(TIME_UNIX_NANO)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setSeverityText("INFO")
        .setBody(AnyValue.newBuilder().setStringValue("cart updated"))
        .addAttributes(attribute("sequence", sequence))
        .build();
  }

  private static NumberDataPoint point(long sequence) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(TIME_UNIX_NANO - 1_000_000_000)
        .setTimeUnixNano(TIME_UNIX_NANO)
        .setAsInt(1)
        .addAttributes(attribute("sequence", sequence))
        .build();
  }

  /** Never all zero, which OTLP reads as no id. */
  private static ByteString id(long sequence, int length) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(length).putLong(length - Long.BYTES, sequence).array());
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes, int items) {
    return new OtlpBatch(
        bytes, 0, bytes.length, signal, items, ARRIVAL, RequestContext.EMPTY, Ack.of(_ -> {}));
  }
}
