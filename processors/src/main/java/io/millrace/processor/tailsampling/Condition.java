package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Threshold;

/**
 * What a policy asks of a trace; reads the trace's numbers and bits, never a span.
 *
 * <p>Three-valued (Kleene): as long as spans may come, {@link Verdict#OPEN} is what more of them
 * could change. Confined to the ring thread.
 */
interface Condition {
  /**
   * Evaluates the trace as it is.
   *
   * @param isComplete whether no span will come, so that nothing is open; only then may a condition
   *     use up a limit
   */
  Verdict evaluate(TraceTable traces, int trace, boolean isComplete);

  /**
   * Returns the lowest randomness at which the condition would hold, or would not, for a trace that
   * is otherwise as it is; {@link Threshold#NEVER} if there is none. Asked at the end of a round
   * about complete traces, and only if all decisions are consistent.
   *
   * @param holds which of the two is asked for
   */
  default long threshold(TraceTable traces, int trace, boolean holds) {
    Verdict wanted = Verdict.of(holds);
    return evaluate(traces, trace, true) == wanted ? Threshold.ALWAYS : Threshold.NEVER;
  }

  /** Returns which of several conditions has held at the last evaluation; 0 where there is one. */
  default int part() {
    return 0;
  }

  /**
   * Lets time pass before a round of evaluations.
   *
   * @param nanos monotonic
   * @param unixSeconds wall-clock
   */
  default void startRound(long nanos, long unixSeconds) {}
}
