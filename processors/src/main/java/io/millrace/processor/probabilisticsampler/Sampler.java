package io.millrace.processor.probabilisticsampler;

import io.millrace.processor.probability.Threshold;

/**
 * Which threshold a record has to reach. Immutable.
 *
 * @param kind how the settings and a threshold that arrives combine
 * @param threshold of the settings alone
 * @param ratio of the settings, above 0 unless nothing is sampled
 * @param precision digits of a computed threshold
 */
record Sampler(Kind kind, long threshold, double ratio, int precision) {
  /** The ways to decide. */
  enum Kind {
    NEVER,
    HASH,
    EQUALIZING,
    PROPORTIONAL
  }

  static Sampler of(ProbabilisticSamplerConfig config, boolean isLogs) {
    float percentage = Math.min((float) config.samplingPercentage(), 100f);
    int precision = config.samplingPrecision();
    double ratio = (double) percentage / 100;
    if (percentage == 0) {
      return new Sampler(Kind.NEVER, Threshold.NEVER, 0, precision);
    }
    return switch (config.modeFor(isLogs)) {
      case EQUALIZING ->
          new Sampler(Kind.EQUALIZING, Threshold.ofProbability(ratio, precision), ratio, precision);
      case PROPORTIONAL ->
          new Sampler(
              Kind.PROPORTIONAL, Threshold.ofProbability(ratio, precision), ratio, precision);
      case HASH_SEED -> hashing(HashedRandomness.threshold(percentage), ratio, precision);
    };
  }

  /** A percentage too small for 14 bits keeps nothing, as in the collector. */
  private static Sampler hashing(long threshold, double ratio, int precision) {
    Kind kind = threshold == Threshold.NEVER ? Kind.NEVER : Kind.HASH;
    return new Sampler(kind, threshold, ratio, precision);
  }

  /** Returns the threshold for a record that arrives with {@code incoming}, which may be none. */
  long decide(long incoming) {
    return switch (kind) {
      case NEVER, HASH -> threshold;
      case EQUALIZING -> Math.max(threshold, incoming);
      case PROPORTIONAL ->
          incoming == Threshold.NONE
              ? threshold
              : Threshold.ofProbability(Threshold.probability(incoming) * ratio, precision);
    };
  }
}
