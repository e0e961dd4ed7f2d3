package io.millrace.pdata;

import io.millrace.wire.WireReader;

/**
 * Validates one kind of record from its length to its end. Confined to one thread.
 *
 * <p>The cursor goes from method to method as a parameter and is not kept in several fields: that
 * it is one and the same is what lets the JIT compiler carry its position along in a register.
 */
sealed interface RecordValidator permits SpanValidator, MetricValidator, LogRecordValidator {
  int TRACE_ID_BYTES = 16;
  int SPAN_ID_BYTES = 8;

  /** Returns the number of items in the record. */
  int validate(WireReader in);
}
