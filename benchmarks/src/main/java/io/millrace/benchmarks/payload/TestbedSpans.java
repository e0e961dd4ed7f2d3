package io.millrace.benchmarks.payload;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;

/**
 * The spans of the OpenTelemetry Collector's testbed: one resource and scope without a name, two
 * numbers as attributes, no parents. Immutable.
 */
final class TestbedSpans {
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;

  private TestbedSpans() {}

  static ExportTraceServiceRequest request(int items, SpanNumbers numbers) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    ScopeSpans.Builder scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
    for (int i = 0; i < items; i++) {
      scope.addSpans(span(i, numbers));
    }
    return request.build();
  }

  private static Span span(int index, SpanNumbers numbers) {
    long start = START_UNIX_NANO + index * 1_000_000L;
    return Span.newBuilder()
        .setTraceId(numbers.traceIdBytes(index))
        .setSpanId(numbers.spanIdBytes(index))
        .setName("load-generator-span-" + index)
        .setKind(SpanKind.SPAN_KIND_CLIENT)
        .addAttributes(number("load_generator.span_seq_num", index))
        .addAttributes(number("load_generator.trace_seq_num", index))
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(start + 1_000_000)
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
