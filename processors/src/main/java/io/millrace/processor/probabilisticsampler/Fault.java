package io.millrace.processor.probabilisticsampler;

/** Why the sampling information of a record cannot be used. */
enum Fault {
  /** There is no trace id, nor anything else to decide by. */
  MISSING_RANDOMNESS,
  /** The threshold that arrived says that the record should not have. */
  INCONSISTENT_THRESHOLD,
  /** Hashing is no use to a record that consistent samplers have worked on. */
  RANDOMNESS_IN_USE,
  THRESHOLD_IN_USE,
  /** The tracestate or the attributes of sampling are malformed. */
  UNREADABLE
}
