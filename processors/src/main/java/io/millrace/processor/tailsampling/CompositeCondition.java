package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Threshold;
import io.millrace.processor.tailsampling.PolicySections.Composite;
import io.millrace.processor.tailsampling.PolicySections.RateAllocation;
import java.util.Arrays;
import java.util.List;

/**
 * Gives a trace to the first of several conditions that holds, and keeps it if that one's share of
 * the spans per second is not used up; no other is tried. The counters start over with every second
 * of the wall clock; a trace that is not kept is not counted. Confined to the ring thread.
 */
final class CompositeCondition implements Condition {
  private final Condition[] conditions;
  private final long[] limits;
  private final long[] spans;
  private final Cutoff[] cutoffs;
  private long second;
  private int part;

  /** Creates the condition over {@code conditions}, in the order of their configuration. */
  CompositeCondition(Composite config, List<Condition> conditions, boolean isConsistent) {
    this.conditions = conditions.toArray(Condition[]::new);
    this.limits = new long[conditions.size()];
    this.spans = new long[conditions.size()];
    this.cutoffs = new Cutoff[conditions.size()];
    for (int i = 0; i < limits.length; i++) {
      cutoffs[i] = new Cutoff(isConsistent);
      limits[i] = limit(config, config.compositeSubPolicy().get(i).name());
    }
  }

  /** A share may exceed the whole, but then the whole is the limit. */
  private static long limit(Composite config, String policy) {
    long total = config.maxTotalSpansPerSecond();
    for (RateAllocation allocation : config.rateAllocation()) {
      if (allocation.policy().equals(policy) && allocation.percent() > 0) {
        return Math.min(total, total * allocation.percent() / 100);
      }
    }
    return total / config.compositeSubPolicy().size();
  }

  @Override
  public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
    if (!isComplete) {
      return Verdict.OPEN;
    }
    for (int i = 0; i < conditions.length; i++) {
      Verdict verdict = conditions[i].evaluate(traces, trace, true);
      if (verdict == Verdict.ERROR) {
        return verdict;
      }
      if (verdict == Verdict.YES) {
        part = i;
        return Verdict.of(fits(i, traces.spans(trace), traces.randomness(trace)));
      }
    }
    return Verdict.NO;
  }

  private boolean fits(int index, int count, long randomness) {
    if (cutoffs[index].isBeyond(randomness) || count > limits[index]) {
      return false;
    }
    if (spans[index] + count > limits[index]) {
      cutoffs[index].endAt(randomness);
      return false;
    }
    spans[index] += count;
    return true;
  }

  /**
   * Where decisions are consistent, none but the last condition depends on randomness, and the
   * whole is never negated.
   */
  @Override
  public long threshold(TraceTable traces, int trace, boolean holds) {
    int last = conditions.length - 1;
    for (int i = 0; i < last; i++) {
      Verdict verdict = conditions[i].evaluate(traces, trace, true);
      if (verdict == Verdict.ERROR) {
        return Threshold.NEVER;
      }
      if (verdict == Verdict.YES) {
        return limitThreshold(traces, trace, i);
      }
    }
    long own = conditions[last].threshold(traces, trace, true);
    return Math.max(own, limitThreshold(traces, trace, last));
  }

  private long limitThreshold(TraceTable traces, int trace, int index) {
    return traces.spans(trace) > limits[index] ? Threshold.NEVER : cutoffs[index].threshold();
  }

  @Override
  public int part() {
    return part;
  }

  @Override
  public void startRound(long nanos, long unixSeconds) {
    if (unixSeconds != second) {
      second = unixSeconds;
      Arrays.fill(spans, 0);
    }
    for (Cutoff cutoff : cutoffs) {
      cutoff.startRound();
    }
    for (Condition condition : conditions) {
      condition.startRound(nanos, unixSeconds);
    }
  }
}
