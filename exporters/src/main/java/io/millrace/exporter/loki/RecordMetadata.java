package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ScopeView;

/**
 * Structured metadata of records and scopes: their attributes, then their fields, in the order of
 * Loki's OTLP endpoint. Confined to one thread.
 */
final class RecordMetadata {
  private static final byte[] SCOPE_NAME = "scope_name".getBytes(UTF_8);
  private static final byte[] SCOPE_VERSION = "scope_version".getBytes(UTF_8);
  private static final byte[] SCOPE_DROPPED_ATTRIBUTES_COUNT =
      "scope_dropped_attributes_count".getBytes(UTF_8);
  private static final byte[] OBSERVED_TIMESTAMP = "observed_timestamp".getBytes(UTF_8);
  private static final byte[] SEVERITY_NUMBER = "severity_number".getBytes(UTF_8);
  private static final byte[] SEVERITY_TEXT = "severity_text".getBytes(UTF_8);
  private static final byte[] DROPPED_ATTRIBUTES_COUNT = "dropped_attributes_count".getBytes(UTF_8);
  private static final byte[] FLAGS = "flags".getBytes(UTF_8);
  private static final byte[] TRACE_ID = "trace_id".getBytes(UTF_8);
  private static final byte[] SPAN_ID = "span_id".getBytes(UTF_8);
  private static final byte[] EVENT_NAME = "event_name".getBytes(UTF_8);

  private final AttributePairs pairs;
  private final AttributeView attribute = new AttributeView();
  final StructuredMetadata ofScope = new StructuredMetadata();
  final StructuredMetadata ofRecord = new StructuredMetadata();
  private boolean hasTranslationHint;
  private boolean hasTenantHint;

  RecordMetadata(AttributePairs pairs) {
    this.pairs = pairs;
  }

  void readScope(ScopeView scope) {
    ofScope.clear();
    RangeCursor attributes = scope.attributes();
    while (attributes.next(attribute)) {
      pairs.append(attribute, ofScope);
    }
    ofScope.text(SCOPE_NAME, scope.name());
    ofScope.text(SCOPE_VERSION, scope.version());
    unlessZero(ofScope, SCOPE_DROPPED_ATTRIBUTES_COUNT, scope.droppedAttributesCount());
  }

  void readRecord(LogRecordView record) {
    ofRecord.clear();
    readAttributes(record);
    if (record.timeUnixNano() != 0 && record.observedTimeUnixNano() != 0) {
      ofRecord.decimal(OBSERVED_TIMESTAMP, record.observedTimeUnixNano());
    }
    if (record.severityNumber() != 0) {
      ofRecord.decimal(SEVERITY_NUMBER, record.severityNumber());
    }
    ofRecord.text(SEVERITY_TEXT, record.severityText());
    unlessZero(ofRecord, DROPPED_ATTRIBUTES_COUNT, record.droppedAttributesCount());
    unlessZero(ofRecord, FLAGS, record.flags());
    ofRecord.id(TRACE_ID, record.traceId());
    ofRecord.id(SPAN_ID, record.spanId());
    ofRecord.text(EVENT_NAME, record.eventName());
  }

  private void readAttributes(LogRecordView record) {
    hasTranslationHint = false;
    hasTenantHint = false;
    boolean hasEventName = !record.eventName().isEmpty();
    RangeCursor attributes = record.attributes();
    while (attributes.next(attribute)) {
      ByteRange key = attribute.key();
      if (Hints.isHint(key)) {
        boolean isOfTranslation = Hints.isOfTranslation(key);
        hasTranslationHint |= isOfTranslation;
        hasTenantHint |= !isOfTranslation;
      } else if (!hasEventName || !key.contentEquals(EVENT_NAME)) {
        pairs.append(attribute, ofRecord);
      }
    }
  }

  private static void unlessZero(StructuredMetadata out, byte[] name, int unsigned) {
    if (unsigned != 0) {
      out.decimal(name, Integer.toUnsignedLong(unsigned));
    }
  }

  /** Returns whether the record that was read last asks for the former translation. */
  boolean hasTranslationHint() {
    return hasTranslationHint;
  }

  /** Returns whether the record that was read last names its tenant. */
  boolean hasTenantHint() {
    return hasTenantHint;
  }
}
