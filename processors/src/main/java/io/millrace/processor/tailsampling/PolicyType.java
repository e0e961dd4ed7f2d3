package io.millrace.processor.tailsampling;

import java.util.Locale;

/** The kinds of policies; each has a section of its own name, but for two that need none. */
enum PolicyType {
  ALWAYS_SAMPLE,
  LATENCY,
  NUMERIC_ATTRIBUTE,
  PROBABILISTIC,
  STATUS_CODE,
  STRING_ATTRIBUTE,
  BOOLEAN_ATTRIBUTE,
  TRACE_STATE,
  TRACE_FLAGS,
  SPAN_COUNT,
  OTTL_CONDITION,
  RATE_LIMITING,
  BYTES_LIMITING,
  AND,
  NOT,
  DROP,
  COMPOSITE;

  /** The name in YAML, which is also the section's key. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean hasSection() {
    return this != ALWAYS_SAMPLE && this != TRACE_FLAGS;
  }

  /** Returns whether the policy may stand inside another one. */
  boolean isNestable() {
    return this != DROP && this != COMPOSITE;
  }

  boolean isLimiter() {
    return this == RATE_LIMITING || this == BYTES_LIMITING;
  }
}
