package io.millrace.processor.tailsampling;

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
   * Lets time pass before a round of evaluations.
   *
   * @param nanos monotonic
   * @param unixSeconds wall-clock
   */
  default void startRound(long nanos, long unixSeconds) {}
}
