package io.millrace.processor.probabilisticsampler;

import io.millrace.processor.probability.Randomness;
import io.millrace.processor.probability.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * The sampling information of one record, from its reading to the decision. Reused for every
 * record; confined to the ring thread.
 */
final class Sampling {
  long randomness;

  /** As it arrived, then as it leaves; {@link Threshold#NONE} for none. */
  long threshold;

  Policy policy = Policy.MISSING_RANDOMNESS;
  @Nullable Fault fault;

  /** Whether the record can take the outcome along. */
  boolean isWritable;

  boolean isNewRandomness;
  boolean isNewThreshold;

  void clear() {
    randomness = Randomness.MAX;
    threshold = Threshold.NONE;
    policy = Policy.MISSING_RANDOMNESS;
    fault = null;
    isWritable = false;
    isNewRandomness = false;
    isNewThreshold = false;
  }

  /** Takes randomness if there is any. */
  void use(long found, Policy foundBy) {
    if (found != Randomness.NONE) {
      randomness = found;
      policy = foundBy;
    }
  }

  boolean isMissing() {
    return policy == Policy.MISSING_RANDOMNESS;
  }

  void fail(Fault why) {
    fault = why;
    isWritable = false;
  }

  /** Finds faults that need randomness and threshold together; drops a threshold that is a lie. */
  void check() {
    if (fault != null) {
      return;
    }
    if (isMissing()) {
      fault = Fault.MISSING_RANDOMNESS;
    } else if (threshold > randomness) {
      threshold = Threshold.NONE;
      fault = Fault.INCONSISTENT_THRESHOLD;
    }
  }

  /**
   * Returns whether the record is kept at {@code required}; if so, its threshold is raised to it,
   * and never lowered.
   */
  boolean keepAt(long required) {
    if (required > randomness) {
      return false;
    }
    if (isWritable && required >= threshold) {
      threshold = required;
      isNewThreshold = true;
    }
    return true;
  }
}
