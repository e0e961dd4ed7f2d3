package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Threshold;

/**
 * Keeps a share of all traces by their randomness, the same ones as any other consistent sampler.
 *
 * <p>It is open until the trace is decided, so that nothing that happens to a trace before, such as
 * an early decision, depends on its randomness. Immutable.
 */
final class ProbabilityThreshold implements Condition {
  /** Digits, as {@code probabilistic_sampler} has them by default. */
  private static final int PRECISION = 4;

  private final long threshold;
  private final boolean isNegated;

  private ProbabilityThreshold(double probability, boolean isNegated) {
    this.threshold = Threshold.ofProbability(probability, PRECISION);
    this.isNegated = isNegated;
  }

  /** Holds for so many percent of the traces, those with the highest randomness. */
  static ProbabilityThreshold highest(double percentage) {
    return new ProbabilityThreshold(percentage / 100, false);
  }

  /**
   * Holds for so many percent of the traces, those with the lowest randomness; for what is negated
   * in the end, so that the traces that are left are those with the highest.
   */
  static ProbabilityThreshold lowest(double percentage) {
    return new ProbabilityThreshold(1 - percentage / 100, true);
  }

  @Override
  public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
    if (!isComplete) {
      return Verdict.OPEN;
    }
    boolean isReached = traces.randomness(trace) >= threshold;
    return Verdict.of(isReached != isNegated);
  }

  @Override
  public long threshold(TraceTable traces, int trace, boolean holds) {
    return holds != isNegated ? threshold : Threshold.NEVER;
  }
}
