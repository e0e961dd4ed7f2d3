package io.millrace.processor.ottl;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The paths of spans, their events, scopes and resources. Source: pkg/ottl/contexts. */
final class TracePaths {
  static final PathTable SPAN = span();

  static final PathTable EVENT =
      new PathTable()
          .text("name", subject -> subject.event().name())
          .number("time_unix_nano", Kind.INT, subject -> subject.event().timeUnixNano())
          .number("time", Kind.TIME, subject -> subject.event().timeUnixNano())
          .attributes(subject -> subject.event().attributes())
          .number(
              "dropped_attributes_count",
              Kind.INT,
              subject -> Integer.toUnsignedLong(subject.event().droppedAttributesCount()));

  static final PathTable SCOPE =
      new PathTable()
          .text("name", subject -> subject.scope().name())
          .text("version", subject -> subject.scope().version())
          .text("schema_url", subject -> subject.scope().schemaUrl())
          .attributes(subject -> subject.scope().attributes())
          .number(
              "dropped_attributes_count",
              Kind.INT,
              subject -> Integer.toUnsignedLong(subject.scope().droppedAttributesCount()));

  static final PathTable RESOURCE =
      new PathTable()
          .text("schema_url", subject -> subject.resource().schemaUrl())
          .attributes(subject -> subject.resource().attributes())
          .number(
              "dropped_attributes_count",
              Kind.INT,
              subject -> Integer.toUnsignedLong(subject.resource().droppedAttributesCount()));

  private TracePaths() {}

  private static PathTable span() {
    return times(counts(status(new PathTable())))
        .text("name", subject -> subject.span().name())
        .id("trace_id", Kind.TRACE_ID, IdBytes.TRACE_ID, subject -> subject.span().traceId())
        .id("span_id", Kind.SPAN_ID, IdBytes.SPAN_ID, subject -> subject.span().spanId())
        .id(
            "parent_span_id",
            Kind.SPAN_ID,
            IdBytes.SPAN_ID,
            subject -> subject.span().parentSpanId())
        .entry("trace_state", TracePaths::traceState)
        .attributes(subject -> subject.span().attributes());
  }

  private static PathTable status(PathTable span) {
    return span.number("status.code", Kind.INT, subject -> subject.span().status().code())
        .text("status.message", subject -> subject.span().status().message())
        .number("kind", Kind.INT, subject -> subject.span().kind())
        .field(
            "kind.string",
            Kind.STRING,
            (subject, value) -> value.string(SpanKindText.name(subject.span().kind())))
        .field(
            "kind.deprecated_string",
            Kind.STRING,
            (subject, value) -> value.string(SpanKindText.symbol(subject.span().kind())));
  }

  private static PathTable times(PathTable span) {
    return span.number(
            "start_time_unix_nano", Kind.INT, subject -> subject.span().startTimeUnixNano())
        .number("end_time_unix_nano", Kind.INT, subject -> subject.span().endTimeUnixNano())
        .number("start_time", Kind.TIME, subject -> subject.span().startTimeUnixNano())
        .number("end_time", Kind.TIME, subject -> subject.span().endTimeUnixNano());
  }

  private static PathTable counts(PathTable span) {
    return span.number(
            "dropped_attributes_count",
            Kind.INT,
            subject -> Integer.toUnsignedLong(subject.span().droppedAttributesCount()))
        .number(
            "dropped_events_count",
            Kind.INT,
            subject -> Integer.toUnsignedLong(subject.span().droppedEventsCount()))
        .number(
            "dropped_links_count",
            Kind.INT,
            subject -> Integer.toUnsignedLong(subject.span().droppedLinksCount()));
  }

  private static @Nullable Operand traceState(List<Node.Key> keys) {
    if (keys.isEmpty()) {
      return new Computed(
          Kind.STRING, (subject, value) -> value.string(subject.span().traceState()));
    }
    @Nullable String name = keys.getFirst().text();
    return keys.size() == 1 && name != null
        ? new TraceStateMember(name.getBytes(StandardCharsets.UTF_8))
        : null;
  }
}
