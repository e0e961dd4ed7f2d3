package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Threshold;

/**
 * Where a limit ends in a round whose traces come by their randomness, the highest first: the first
 * trace that does not fit ends it for all with less, even if they would fit, so that the limit is a
 * threshold that says how many traces each kept one stands for. Confined to the ring thread.
 *
 * <p>Source: priority sampling, Duffield, Lund and Thorup, 2007.
 */
final class Cutoff {
  private final boolean isConsistent;
  private long threshold = Threshold.ALWAYS;

  /**
   * Creates a cutoff.
   *
   * @param isConsistent {@code false} for one that never ends anything, as in the collector
   */
  Cutoff(boolean isConsistent) {
    this.isConsistent = isConsistent;
  }

  void startRound() {
    threshold = Threshold.ALWAYS;
  }

  boolean isBeyond(long randomness) {
    return randomness < threshold;
  }

  /** Ends the limit at a trace that did not fit. */
  void endAt(long randomness) {
    if (isConsistent) {
      threshold = randomness + 1;
    }
  }

  /** Returns the threshold of the round so far. */
  long threshold() {
    return threshold;
  }
}
