package io.millrace.exporter.debug;

import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.SpanEventView;
import io.millrace.pdata.SpanLinkView;
import io.millrace.pdata.SpanView;

/** Writes the spans of a scope. Guarded by its exporter. */
final class SpanFields {
  private final SpanView span = new SpanView();
  private final SpanEventView event = new SpanEventView();
  private final SpanLinkView link = new SpanLinkView();

  void append(Lines lines, OtlpWalker scope) {
    for (int index = 0; scope.nextRecord(span); index++) {
      lines.begin("Span", index);
      span(lines);
      events(lines);
      links(lines);
      lines.end();
    }
  }

  private void span(Lines lines) {
    lines.id("trace_id", span.traceId());
    lines.id("span_id", span.spanId());
    lines.id("parent_span_id", span.parentSpanId());
    lines.text("trace_state", span.traceState());
    lines.text("name", span.name());
    lines.field("kind", kind(span.kind()));
    lines.time("start_time", span.startTimeUnixNano());
    lines.time("end_time", span.endTimeUnixNano());
    lines.field("status", status(span.status().code()));
    lines.text("status_message", span.status().message());
    lines.field("flags", "0x" + Integer.toHexString(span.flags()));
    lines.unsigned("dropped_attributes_count", span.droppedAttributesCount());
    lines.unsigned("dropped_events_count", span.droppedEventsCount());
    lines.unsigned("dropped_links_count", span.droppedLinksCount());
    lines.attributes("attributes", span.attributes());
  }

  private void events(Lines lines) {
    RangeCursor events = span.events();
    for (int index = 0; events.next(event); index++) {
      lines.begin("Event", index);
      lines.text("name", event.name());
      lines.time("time", event.timeUnixNano());
      lines.unsigned("dropped_attributes_count", event.droppedAttributesCount());
      lines.attributes("attributes", event.attributes());
      lines.end();
    }
  }

  private void links(Lines lines) {
    RangeCursor links = span.links();
    for (int index = 0; links.next(link); index++) {
      lines.begin("Link", index);
      lines.id("trace_id", link.traceId());
      lines.id("span_id", link.spanId());
      lines.text("trace_state", link.traceState());
      lines.field("flags", "0x" + Integer.toHexString(link.flags()));
      lines.unsigned("dropped_attributes_count", link.droppedAttributesCount());
      lines.attributes("attributes", link.attributes());
      lines.end();
    }
  }

  private static String kind(int kind) {
    return switch (kind) {
      case 0 -> "Unspecified";
      case 1 -> "Internal";
      case 2 -> "Server";
      case 3 -> "Client";
      case 4 -> "Producer";
      case 5 -> "Consumer";
      default -> Integer.toString(kind);
    };
  }

  private static String status(int code) {
    return switch (code) {
      case 0 -> "Unset";
      case 1 -> "Ok";
      case 2 -> "Error";
      default -> Integer.toString(code);
    };
  }
}
