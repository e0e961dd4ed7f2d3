package io.millrace.exporter.debug;

import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.OtlpWalker;

/** Writes the log records of a scope. Guarded by its exporter. */
final class LogFields {
  private final LogRecordView log = new LogRecordView();

  void append(Lines lines, OtlpWalker scope) {
    for (int index = 0; scope.nextRecord(log); index++) {
      lines.begin("LogRecord", index);
      lines.time("time", log.timeUnixNano());
      lines.time("observed_time", log.observedTimeUnixNano());
      lines.field("severity_number", log.severityNumber());
      lines.text("severity_text", log.severityText());
      lines.text("event_name", log.eventName());
      lines.value("body", log.body());
      lines.id("trace_id", log.traceId());
      lines.id("span_id", log.spanId());
      lines.field("flags", "0x" + Integer.toHexString(log.flags()));
      lines.unsigned("dropped_attributes_count", log.droppedAttributesCount());
      lines.attributes("attributes", log.attributes());
      lines.end();
    }
  }
}
