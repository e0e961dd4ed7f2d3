package io.millrace.processor.tailsampling;

import com.google.protobuf.ByteString;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Spans for tests; a trace is called by a number. */
final class Traces {
  /** When every trace begins. */
  static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;

  private static final long ID_HIGH = 0x0123_4567_89ab_cdefL;
  private static long spanIds;

  private Traces() {}

  static ByteString id(long trace) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(ID_HIGH).putLong(trace).array());
  }

  /** Returns the number of a span's trace. */
  static long number(Span span) {
    return span.getTraceId().asReadOnlyByteBuffer().getLong(Long.BYTES);
  }

  /** Returns a span that is no root and takes a millisecond. */
  static Span.Builder span(long trace) {
    return Span.newBuilder()
        .setTraceId(id(trace))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(++spanIds).array()))
        .setParentSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .setName("span")
        .setStartTimeUnixNano(START_UNIX_NANO)
        .setEndTimeUnixNano(START_UNIX_NANO + 1_000_000);
  }

  static Span.Builder root(long trace) {
    return span(trace).clearParentSpanId();
  }

  /** Returns a span with these times, in milliseconds after the trace's start. */
  static Span.Builder lasting(long trace, long fromMillis, long toMillis) {
    return span(trace)
        .setStartTimeUnixNano(START_UNIX_NANO + fromMillis * 1_000_000)
        .setEndTimeUnixNano(START_UNIX_NANO + toMillis * 1_000_000);
  }

  static Span.Builder error(long trace) {
    return withStatus(trace, Status.StatusCode.STATUS_CODE_ERROR);
  }

  static Span.Builder withStatus(long trace, Status.StatusCode code) {
    return span(trace).setStatus(Status.newBuilder().setCode(code));
  }

  static Span.Builder with(long trace, KeyValue... attributes) {
    return span(trace).addAllAttributes(Arrays.asList(attributes));
  }

  static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  static KeyValue fraction(String key, double value) {
    return attribute(key, AnyValue.newBuilder().setDoubleValue(value));
  }

  static KeyValue bytes(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8(value)));
  }

  static KeyValue bool(String key, boolean value) {
    return attribute(key, AnyValue.newBuilder().setBoolValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static ResourceSpans resource(String service, Span.Builder... spans) {
    return resource(new KeyValue[] {text("service.name", service)}, spans);
  }

  static ResourceSpans resource(KeyValue[] attributes, Span.Builder... spans) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("lib").setVersion("1"))
            .setSchemaUrl("https://scope");
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAllAttributes(Arrays.asList(attributes)))
        .setSchemaUrl("https://resource")
        .addScopeSpans(scope)
        .build();
  }

  static ExportTraceServiceRequest request(ResourceSpans... resources) {
    return ExportTraceServiceRequest.newBuilder()
        .addAllResourceSpans(Arrays.asList(resources))
        .build();
  }

  /** Returns a batch of one resource, whose sender hears nothing. */
  static OtlpBatch batch(Span.Builder... spans) {
    byte[] bytes = request(resource("service", spans)).toByteArray();
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        Signal.TRACES,
        spans.length,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(_ -> {}));
  }
}
