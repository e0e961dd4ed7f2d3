package io.millrace.processor.tailsampling;

/** When a trace is decided. */
enum SamplingStrategy {
  /** When its time is up. */
  TRACE_COMPLETE,
  /** As soon as no further span can change the decision; at the latest when its time is up. */
  SPAN_INGEST
}
