package io.millrace.processor.probabilisticsampler;

import java.util.Locale;

/** What a decision rested on; the label of the metrics. */
enum Policy {
  MISSING_RANDOMNESS,
  TRACE_ID_HASH,
  TRACE_ID_W3C,
  SAMPLING_RANDOMNESS,
  SAMPLING_PRIORITY,
  /** Named after the attribute that was hashed. */
  ATTRIBUTE;

  String label(String fromAttribute) {
    return this == ATTRIBUTE ? fromAttribute : name().toLowerCase(Locale.ROOT);
  }
}
