package io.millrace.processor.tailsampling;

import java.util.List;

/** The conditions without state. Stateless. */
final class Conditions {
  static final Condition ALWAYS = (traces, trace, isComplete) -> Verdict.YES;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Conditions() {}

  /** Holds when a test held for any span of the trace. */
  static Condition anySpan(int test) {
    return (traces, trace, isComplete) -> {
      if (traces.hasPassed(trace, test)) {
        return Verdict.YES;
      }
      return isComplete ? Verdict.NO : Verdict.OPEN;
    };
  }

  /**
   * Holds when a test held for any span of the trace; an error when it held for none and failed on
   * one.
   */
  static Condition anySpanOrError(int test, int failure) {
    return (traces, trace, isComplete) -> {
      if (traces.hasPassed(trace, test)) {
        return Verdict.YES;
      }
      if (!isComplete) {
        return Verdict.OPEN;
      }
      return traces.hasPassed(trace, failure) ? Verdict.ERROR : Verdict.NO;
    };
  }

  /** Holds for traces that last longer than a threshold, and not too long; 0 for no bound. */
  static Condition latency(long thresholdMillis, long upperMillis) {
    return (traces, trace, isComplete) -> {
      long millis = traces.durationNanos(trace) / NANOS_PER_MILLI;
      if (upperMillis > 0) {
        boolean isTooLong = millis > upperMillis;
        return !isTooLong && !isComplete
            ? Verdict.OPEN
            : Verdict.of(!isTooLong && millis > thresholdMillis);
      }
      boolean isLong = millis > thresholdMillis;
      return isLong || isComplete ? Verdict.of(isLong) : Verdict.OPEN;
    };
  }

  /** Holds for traces with enough spans, and not too many; 0 for no bound. */
  static Condition spanCount(int min, int max) {
    return (traces, trace, isComplete) -> {
      int spans = traces.spans(trace);
      if (max > 0) {
        boolean isTooMany = spans > max;
        return !isTooMany && !isComplete ? Verdict.OPEN : Verdict.of(!isTooMany && spans >= min);
      }
      boolean isEnough = spans >= min;
      return isEnough || isComplete ? Verdict.of(isEnough) : Verdict.OPEN;
    };
  }

  static Condition not(Condition condition) {
    return new Condition() {
      @Override
      public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
        return condition.evaluate(traces, trace, isComplete).negated();
      }

      @Override
      public long threshold(TraceTable traces, int trace, boolean holds) {
        return condition.threshold(traces, trace, !holds);
      }

      @Override
      public void startRound(long nanos, long unixSeconds) {
        condition.startRound(nanos, unixSeconds);
      }
    };
  }

  /**
   * Holds when all hold. Goes from left to right and no further than the first that does not hold,
   * so that a limit at the end is used up by those traces alone that pass the others.
   */
  static Condition and(List<Condition> conditions) {
    Condition[] all = conditions.toArray(Condition[]::new);
    return new Condition() {
      @Override
      public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
        Verdict result = Verdict.YES;
        for (Condition condition : all) {
          Verdict verdict = condition.evaluate(traces, trace, isComplete);
          if (verdict == Verdict.NO || verdict == Verdict.ERROR) {
            return verdict;
          }
          result = verdict == Verdict.OPEN ? verdict : result;
        }
        return result;
      }

      @Override
      public long threshold(TraceTable traces, int trace, boolean holds) {
        long threshold = all[0].threshold(traces, trace, holds);
        for (Condition condition : all) {
          long next = condition.threshold(traces, trace, holds);
          threshold = holds ? Math.max(threshold, next) : Math.min(threshold, next);
        }
        return threshold;
      }

      @Override
      public void startRound(long nanos, long unixSeconds) {
        for (Condition condition : all) {
          condition.startRound(nanos, unixSeconds);
        }
      }
    };
  }
}
