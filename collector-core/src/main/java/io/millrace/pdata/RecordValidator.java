package io.millrace.pdata;

/** Validates one kind of record from its length to its end. */
sealed interface RecordValidator permits SpanValidator, MetricValidator, LogRecordValidator {
  int TRACE_ID_BYTES = 16;
  int SPAN_ID_BYTES = 8;

  /** Returns the number of items in the record. */
  int validate();
}
