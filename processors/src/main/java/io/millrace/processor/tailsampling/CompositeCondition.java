package io.millrace.processor.tailsampling;

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
  private long second;

  /** Creates the condition over {@code conditions}, in the order of their configuration. */
  CompositeCondition(Composite config, List<Condition> conditions) {
    this.conditions = conditions.toArray(Condition[]::new);
    this.limits = new long[conditions.size()];
    this.spans = new long[conditions.size()];
    for (int i = 0; i < limits.length; i++) {
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
        return Verdict.of(fits(i, traces.spans(trace)));
      }
    }
    return Verdict.NO;
  }

  private boolean fits(int index, int count) {
    if (spans[index] + count > limits[index]) {
      return false;
    }
    spans[index] += count;
    return true;
  }

  @Override
  public void startRound(long nanos, long unixSeconds) {
    if (unixSeconds != second) {
      second = unixSeconds;
      Arrays.fill(spans, 0);
    }
    for (Condition condition : conditions) {
      condition.startRound(nanos, unixSeconds);
    }
  }
}
