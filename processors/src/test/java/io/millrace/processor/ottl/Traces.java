package io.millrace.processor.ottl;

import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanEventView;
import io.millrace.pdata.SpanView;
import io.millrace.pdata.View;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/** Protobuf messages, and views over their bytes. */
final class Traces {
  final SpanView span = new SpanView();
  final SpanEventView event = new SpanEventView();
  final ScopeView scope = new ScopeView();
  final ResourceView resource = new ResourceView();

  Traces(ResourceSpans resourceSpans) {
    ScopeSpans scopeSpans = resourceSpans.getScopeSpans(0);
    Span first = scopeSpans.getSpans(0);
    wrap(resource, resourceSpans.toByteArray());
    wrap(scope, scopeSpans.toByteArray());
    wrap(span, first.toByteArray());
    wrap(event, first.getEventsCount() == 0 ? new byte[0] : first.getEvents(0).toByteArray());
  }

  Verdict test(SpanCondition condition) {
    return condition.test(span, scope, resource);
  }

  Verdict test(SpanEventCondition condition) {
    return condition.test(event, span, scope, resource);
  }

  private static void wrap(View view, byte[] bytes) {
    view.wrap(bytes, 0, bytes.length);
  }

  static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  static AnyValue number(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }

  static AnyValue floating(double value) {
    return AnyValue.newBuilder().setDoubleValue(value).build();
  }

  static AnyValue bool(boolean value) {
    return AnyValue.newBuilder().setBoolValue(value).build();
  }
}
