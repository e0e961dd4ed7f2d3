package io.millrace.processor.tailsampling;

import io.millrace.component.Clock;
import io.millrace.processor.probability.Threshold;
import java.util.Arrays;
import java.util.List;

/**
 * Decides traces: a round takes many, and asks policy by policy, so that each policy's time and
 * counts are taken once a round.
 *
 * <p>Any drop policy drops; else any other policy samples; else the trace is not sampled. A policy
 * that fails on a trace does not count for it. Where there are limits, the traces of a round come
 * in {@link RandomnessOrder}, so that the same traces are kept whatever order they arrived in.
 * Confined to the ring thread.
 */
final class Policies {
  private static final int NO_POLICY = -1;
  private static final Decision[] NO_DECISIONS = {};

  private final Policy[] policies;
  private final boolean hasLimits;
  private final boolean firstMatchOnly;
  private final TraceTable traces;
  private final Clock clock;
  private final PolicyCounters[] counters;

  private Decision[] decisions = NO_DECISIONS;
  private int[] sampledBy = {};
  private int[] parts = {};
  private boolean[] isShared = {};

  /**
   * Creates the policies.
   *
   * @param policies those that drop first
   * @param counters of each policy
   * @param hasLimits whether other traces count for the decision on one
   */
  Policies(
      List<Policy> policies,
      List<PolicyCounters> counters,
      boolean hasLimits,
      boolean firstMatchOnly,
      TraceTable traces,
      Clock clock) {
    this.policies = policies.toArray(Policy[]::new);
    this.counters = counters.toArray(PolicyCounters[]::new);
    this.hasLimits = hasLimits;
    this.firstMatchOnly = firstMatchOnly;
    this.traces = traces;
    this.clock = clock;
  }

  /** Returns whether other traces of a round count for the decision on one. */
  boolean hasLimits() {
    return hasLimits;
  }

  /** Returns what is known of a trace's decision while its spans still come. */
  Outlook outlook(int trace) {
    boolean mayDrop = false;
    boolean maySample = false;
    boolean samples = false;
    for (Policy policy : policies) {
      Verdict verdict = policy.condition().evaluate(traces, trace, false);
      if (policy.isDrop()) {
        if (verdict == Verdict.YES) {
          return Outlook.FINAL;
        }
        mayDrop |= verdict != Verdict.NO;
      } else {
        samples |= verdict == Verdict.YES;
        maySample |= verdict != Verdict.NO;
      }
    }
    if (!maySample || (samples && !mayDrop)) {
      return Outlook.FINAL;
    }
    return samples ? Outlook.LIKELY_KEPT : Outlook.LIKELY_DROPPED;
  }

  /** Decides the first {@code count} of {@code round}, which it brings into another order. */
  void decide(int[] round, int count, long nanos) {
    if (hasLimits) {
      RandomnessOrder.sort(traces, round, count);
    }
    reset(count);
    long unixSeconds = Math.floorDiv(clock.unixNanos(), 1_000_000_000L);
    for (int p = 0; p < policies.length; p++) {
      long before = clock.nanos();
      policies[p].condition().startRound(nanos, unixSeconds);
      int asked = ask(p, round, count);
      counters[p].executed(asked, clock.nanos() - before);
    }
    for (int i = 0; i < count; i++) {
      if (decisions[i] == Decision.SAMPLED && !isShared[i]) {
        counters[sampledBy[i]].keptAlone();
      }
    }
  }

  private int ask(int p, int[] round, int count) {
    Policy policy = policies[p];
    int asked = 0;
    for (int i = 0; i < count; i++) {
      if (isEnded(i)) {
        continue;
      }
      asked++;
      int trace = round[i];
      Verdict verdict = policy.condition().evaluate(traces, trace, true);
      if (verdict == Verdict.ERROR) {
        counters[p].failed();
        continue;
      }
      boolean holds = verdict == Verdict.YES;
      counters[p].voted(holds, traces.spans(trace));
      if (holds) {
        vote(p, i);
      }
    }
    return asked;
  }

  private boolean isEnded(int i) {
    return decisions[i] == Decision.DROPPED || (firstMatchOnly && decisions[i] == Decision.SAMPLED);
  }

  private void vote(int p, int i) {
    if (policies[p].isDrop()) {
      decisions[i] = Decision.DROPPED;
    } else if (sampledBy[i] == NO_POLICY) {
      decisions[i] = Decision.SAMPLED;
      sampledBy[i] = p;
      parts[i] = policies[p].condition().part();
    } else {
      isShared[i] = true;
    }
  }

  /**
   * Returns the threshold that the randomness of a sampled trace of the last round had to reach:
   * the lowest at which any policy would have sampled it and no other dropped it. It is beyond the
   * trace's own where a limit has ended at another trace of the same randomness.
   */
  long threshold(int trace) {
    long sampled = Threshold.NEVER;
    long left = Threshold.ALWAYS;
    for (Policy policy : policies) {
      long own = policy.condition().threshold(traces, trace, !policy.isDrop());
      if (!policy.isDrop()) {
        sampled = Math.min(sampled, own);
      } else if (own != Threshold.NEVER) {
        left = Math.max(left, own);
      }
    }
    return Math.max(sampled, left);
  }

  /** Returns the decision on a trace of the last round. */
  Decision decision(int index) {
    return decisions[index];
  }

  /** Returns the policy that sampled a trace of the last round first. */
  int sampledBy(int index) {
    return sampledBy[index];
  }

  /** Returns which part of that policy it was. */
  int part(int index) {
    return parts[index];
  }

  private void reset(int count) {
    if (decisions.length < count) {
      decisions = new Decision[count];
      sampledBy = new int[count];
      parts = new int[count];
      isShared = new boolean[count];
    }
    Arrays.fill(decisions, 0, count, Decision.NOT_SAMPLED);
    Arrays.fill(sampledBy, 0, count, NO_POLICY);
    Arrays.fill(isShared, 0, count, false);
  }
}
