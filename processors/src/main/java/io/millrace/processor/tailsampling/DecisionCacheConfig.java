package io.millrace.processor.tailsampling;

import io.millrace.config.Checks;

/**
 * How many decisions are remembered for spans that come late; each kind takes at most an eighth of
 * the processor's memory. Immutable.
 *
 * @param sampledCacheSize kept traces; 0 for as many as {@code num_traces}
 * @param nonSampledCacheSize the others; 0 for as many as {@code num_traces}
 */
record DecisionCacheConfig(int sampledCacheSize, int nonSampledCacheSize) {
  static final DecisionCacheConfig DEFAULT = new DecisionCacheConfig(0, 0);

  DecisionCacheConfig {
    new Checks()
        .atLeast("sampled_cache_size", sampledCacheSize, 0)
        .atLeast("non_sampled_cache_size", nonSampledCacheSize, 0)
        .throwIfAny();
  }
}
