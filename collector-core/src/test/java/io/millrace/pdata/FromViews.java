package io.millrace.pdata;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.function.Consumer;

/**
 * Builds protobuf-java messages of what the views say, one accessor per field, to compare with what
 * protobuf-java reads from the same bytes.
 *
 * <p>Views do not tell an absent singular message from an empty one, because nothing in OTLP does;
 * {@link #normalized} removes the difference on the other side. Confined to one thread.
 */
final class FromViews {
  private final OtlpWalker walker = new OtlpWalker();

  /** Returns the message with every singular message outside of oneofs present. */
  static Message normalized(Message message) {
    Message.Builder builder = message.toBuilder();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean inOneof = field.getRealContainingOneof() != null;
      if (field.getJavaType() != JavaType.MESSAGE || (inOneof && !message.hasField(field))) {
        continue;
      }
      if (!field.isRepeated()) {
        builder.setField(field, normalized((Message) message.getField(field)));
        continue;
      }
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        Message element = (Message) message.getRepeatedField(field, i);
        builder.setRepeatedField(field, i, normalized(element));
      }
    }
    return builder.build();
  }

  Message request(OtlpBatch batch) {
    walker.wrap(batch);
    return switch (batch.signal()) {
      case TRACES -> traces();
      case METRICS -> metrics();
      case LOGS -> logs();
      case PROFILES -> throw new IllegalArgumentException("profiles have no views");
    };
  }

  private Message traces() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    SpanView span = new SpanView();
    while (walker.nextResource()) {
      var resource =
          request
              .addResourceSpansBuilder()
              .setResource(resource(walker.resource()))
              .setSchemaUrl(walker.resource().schemaUrl().utf8());
      while (walker.nextScope()) {
        var scope =
            resource
                .addScopeSpansBuilder()
                .setScope(scope(walker.scope()))
                .setSchemaUrl(walker.scope().schemaUrl().utf8());
        while (walker.nextRecord(span)) {
          scope.addSpans(span(span));
        }
      }
    }
    return request.build();
  }

  private Message metrics() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    MetricView metric = new MetricView();
    while (walker.nextResource()) {
      var resource =
          request
              .addResourceMetricsBuilder()
              .setResource(resource(walker.resource()))
              .setSchemaUrl(walker.resource().schemaUrl().utf8());
      while (walker.nextScope()) {
        var scope =
            resource
                .addScopeMetricsBuilder()
                .setScope(scope(walker.scope()))
                .setSchemaUrl(walker.scope().schemaUrl().utf8());
        while (walker.nextRecord(metric)) {
          scope.addMetrics(MetricFromView.metric(metric));
        }
      }
    }
    return request.build();
  }

  private Message logs() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    LogRecordView log = new LogRecordView();
    while (walker.nextResource()) {
      var resource =
          request
              .addResourceLogsBuilder()
              .setResource(resource(walker.resource()))
              .setSchemaUrl(walker.resource().schemaUrl().utf8());
      while (walker.nextScope()) {
        var scope =
            resource
                .addScopeLogsBuilder()
                .setScope(scope(walker.scope()))
                .setSchemaUrl(walker.scope().schemaUrl().utf8());
        while (walker.nextRecord(log)) {
          scope.addLogRecords(logRecord(log));
        }
      }
    }
    return request.build();
  }

  private static Resource resource(ResourceView view) {
    Resource.Builder resource =
        Resource.newBuilder().setDroppedAttributesCount(view.droppedAttributesCount());
    attributes(view.attributes(), resource::addAttributes);
    RangeCursor refs = view.entityRefs();
    EntityRefView ref = new EntityRefView();
    while (refs.next(ref)) {
      resource.addEntityRefs(entityRef(ref));
    }
    return resource.build();
  }

  private static EntityRef entityRef(EntityRefView view) {
    EntityRef.Builder ref =
        EntityRef.newBuilder().setSchemaUrl(view.schemaUrl().utf8()).setType(view.type().utf8());
    ByteRange key = new ByteRange();
    RangeCursor idKeys = view.idKeys();
    while (idKeys.next(key)) {
      ref.addIdKeys(key.utf8());
    }
    RangeCursor descriptionKeys = view.descriptionKeys();
    while (descriptionKeys.next(key)) {
      ref.addDescriptionKeys(key.utf8());
    }
    return ref.build();
  }

  private static InstrumentationScope scope(ScopeView view) {
    InstrumentationScope.Builder scope =
        InstrumentationScope.newBuilder()
            .setName(view.name().utf8())
            .setVersion(view.version().utf8())
            .setDroppedAttributesCount(view.droppedAttributesCount());
    attributes(view.attributes(), scope::addAttributes);
    return scope.build();
  }

  private static Span span(SpanView view) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(view.traceId()))
            .setSpanId(bytes(view.spanId()))
            .setTraceState(view.traceState().utf8())
            .setParentSpanId(bytes(view.parentSpanId()))
            .setName(view.name().utf8())
            .setKindValue(view.kind())
            .setStartTimeUnixNano(view.startTimeUnixNano())
            .setEndTimeUnixNano(view.endTimeUnixNano())
            .setDroppedAttributesCount(view.droppedAttributesCount())
            .setDroppedEventsCount(view.droppedEventsCount())
            .setDroppedLinksCount(view.droppedLinksCount())
            .setStatus(
                Status.newBuilder()
                    .setMessage(view.status().message().utf8())
                    .setCodeValue(view.status().code()))
            .setFlags(view.flags());
    attributes(view.attributes(), span::addAttributes);
    events(view, span);
    links(view, span);
    return span.build();
  }

  private static void events(SpanView view, Span.Builder span) {
    RangeCursor events = view.events();
    SpanEventView event = new SpanEventView();
    while (events.next(event)) {
      Span.Event.Builder built =
          span.addEventsBuilder()
              .setTimeUnixNano(event.timeUnixNano())
              .setName(event.name().utf8())
              .setDroppedAttributesCount(event.droppedAttributesCount());
      attributes(event.attributes(), built::addAttributes);
    }
  }

  private static void links(SpanView view, Span.Builder span) {
    RangeCursor links = view.links();
    SpanLinkView link = new SpanLinkView();
    while (links.next(link)) {
      Span.Link.Builder built =
          span.addLinksBuilder()
              .setTraceId(bytes(link.traceId()))
              .setSpanId(bytes(link.spanId()))
              .setTraceState(link.traceState().utf8())
              .setDroppedAttributesCount(link.droppedAttributesCount())
              .setFlags(link.flags());
      attributes(link.attributes(), built::addAttributes);
    }
  }

  private static LogRecord logRecord(LogRecordView view) {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(view.timeUnixNano())
            .setSeverityNumberValue(view.severityNumber())
            .setSeverityText(view.severityText().utf8())
            .setBody(value(view.body()))
            .setDroppedAttributesCount(view.droppedAttributesCount())
            .setFlags(view.flags())
            .setTraceId(bytes(view.traceId()))
            .setSpanId(bytes(view.spanId()))
            .setObservedTimeUnixNano(view.observedTimeUnixNano())
            .setEventName(view.eventName().utf8());
    attributes(view.attributes(), log::addAttributes);
    return log.build();
  }

  static void attributes(RangeCursor attributes, Consumer<KeyValue> sink) {
    AttributeView attribute = new AttributeView();
    while (attributes.next(attribute)) {
      sink.accept(
          KeyValue.newBuilder()
              .setKey(attribute.key().utf8())
              .setKeyStrindex(attribute.keyStrindex())
              .setValue(value(attribute.value()))
              .build());
    }
  }

  private static AnyValue value(AnyValueView view) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (view.kind()) {
      case NOT_SET -> {}
      case STRING -> value.setStringValue(view.stringValue().utf8());
      case BOOL -> value.setBoolValue(view.boolValue());
      case INT -> value.setIntValue(view.intValue());
      case DOUBLE -> value.setDoubleValue(view.doubleValue());
      case ARRAY -> value.setArrayValue(array(view.arrayValue()));
      case KVLIST -> {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        attributes(view.kvlistValue(), list::addValues);
        value.setKvlistValue(list);
      }
      case BYTES -> value.setBytesValue(bytes(view.bytesValue()));
      case STRING_STRINDEX -> value.setStringValueStrindex(view.stringValueStrindex());
    }
    return value.build();
  }

  private static ArrayValue array(RangeCursor values) {
    ArrayValue.Builder array = ArrayValue.newBuilder();
    AnyValueView element = new AnyValueView();
    while (values.next(element)) {
      array.addValues(value(element));
    }
    return array.build();
  }

  static ByteString bytes(ByteRange range) {
    return ByteString.copyFrom(range.bytes(), range.offset(), range.length());
  }
}
