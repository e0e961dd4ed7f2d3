package io.millrace.processor.probabilisticsampler;

/** How randomness is found and what a threshold that arrives means. */
enum SamplerMode {
  /** A hash of 14 bits of the trace id or an attribute. */
  HASH_SEED,
  /** The share is taken of what arrives, whatever that is a share of. */
  PROPORTIONAL,
  /** The share is of what there was at first: what was sampled that strictly before, passes. */
  EQUALIZING
}
