package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.processor.probability.Threshold;
import io.millrace.processor.tailsampling.TailSamplingMetrics.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Brings decisions about: when a trace's time is up, when it cannot change any more, or when there
 * is no room. Every trace that leaves gets a decision, and the decision is remembered.
 *
 * <p>For the case that there is no room, each trace is in the list of its {@link Outlook}; the
 * oldest of the first list that has any goes first. Confined to the ring thread.
 */
final class Decisions {
  /** Traces to a round. */
  static final int ROUND_MAX = 2_048;

  /** Spans to a round of a tick, whose time is looked at between two rounds. */
  static final int ROUND_SPANS = 2_048;

  private static final int NO_POLICY = -1;
  private static final Outlook[] OUTLOOKS = Outlook.values();

  private final TraceTable traces;
  private final SpanStore store;
  private final Wheel wheel;
  private final RowLists byOutlook;
  private final Policies policies;
  private final Attributions attributions;
  private final Exports exports;
  private final DecisionCache kept;
  private final DecisionCache dropped;
  private final @Nullable SpanThresholds thresholds;
  private final TailSamplingMetrics metrics;
  private final int[] round = new int[ROUND_MAX];
  private long spansDropped;

  /**
   * Creates the decisions.
   *
   * @param thresholds writes thresholds into what is kept; {@code null} to leave spans as they are
   */
  Decisions(
      TraceTable traces,
      SpanStore store,
      Wheel wheel,
      Policies policies,
      Attributions attributions,
      Exports exports,
      DecisionCache kept,
      DecisionCache dropped,
      @Nullable SpanThresholds thresholds,
      TailSamplingMetrics metrics) {
    this.traces = traces;
    this.store = store;
    this.wheel = wheel;
    this.byOutlook = traces.lists(TraceTable.VALUE_LINK, OUTLOOKS.length);
    this.policies = policies;
    this.attributions = attributions;
    this.exports = exports;
    this.kept = kept;
    this.dropped = dropped;
    this.thresholds = thresholds;
    this.metrics = metrics;
  }

  /** Takes a new trace in, whose first span has been appended. */
  void enter(int trace, long deadlineNanos) {
    wheel.add(trace, deadlineNanos);
    int list = policies.outlook(trace).list;
    traces.valueList(trace, list);
    byOutlook.addLast(list, trace);
  }

  /** Takes note that a trace has got one more span. */
  void grown(int trace) {
    int list = policies.outlook(trace).list;
    int before = traces.valueList(trace);
    if (list != before) {
      byOutlook.remove(before, trace);
      traces.valueList(trace, list);
      byOutlook.addLast(list, trace);
    }
  }

  /** Decides a trace not later than then. */
  void hasten(int trace, long deadlineNanos) {
    wheel.hasten(trace, deadlineNanos);
  }

  /**
   * Decides some traces whose time is up, a round of about {@link #ROUND_SPANS} spans; one of
   * {@link #ROUND_MAX} traces where there are limits, which choose among all of a round.
   *
   * @return how many traces
   */
  int decideSomeDue(long nanos) {
    return decideDue(nanos, ROUND_MAX, policies.hasLimits() ? Long.MAX_VALUE : ROUND_SPANS);
  }

  /** Decides traces whose time is up: at most {@code max}, or a round where there are limits. */
  void decideDue(long nanos, int max) {
    decideDue(nanos, policies.hasLimits() ? ROUND_MAX : max, Long.MAX_VALUE);
  }

  private int decideDue(long nanos, int max, long spansMax) {
    int count = 0;
    long spans = 0;
    int limit = Math.min(max, ROUND_MAX);
    while (count < limit && spans < spansMax) {
      int trace = wheel.due(nanos);
      if (trace == Rows.NONE) {
        break;
      }
      spans += traces.spans(trace);
      count = leave(trace, count);
    }
    decide(count, nanos);
    return count;
  }

  /** Decides all that cannot change any more; returns how many. */
  int decideFinal(long nanos) {
    int decided = 0;
    int count;
    do {
      count = decideFirst(Outlook.FINAL, ROUND_MAX, nanos);
      decided += count;
    } while (count > 0);
    return decided;
  }

  /** Decides all that is left. */
  void decideAll(long nanos) {
    int count;
    do {
      count = 0;
      for (int trace = wheel.first();
          trace != Rows.NONE && count < ROUND_MAX;
          trace = wheel.first()) {
        count = leave(trace, count);
      }
      decide(count, nanos);
    } while (count > 0);
  }

  /** Drops all that is left, without asking the policies. */
  void dropAll(long nanos) {
    for (int trace = wheel.first(); trace != Rows.NONE; trace = wheel.first()) {
      drop(trace, nanos);
    }
  }

  /** Decides up to {@code max} traces to make room; returns how many. */
  int evict(Eviction reason, int max, long nanos) {
    for (Outlook outlook : OUTLOOKS) {
      int count = decideFirst(outlook, max, nanos);
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          metrics.evicted(reason);
        }
        return count;
      }
    }
    return 0;
  }

  private int decideFirst(Outlook outlook, int max, long nanos) {
    int count = 0;
    while (count < Math.min(max, ROUND_MAX) && byOutlook.first(outlook.list) != Rows.NONE) {
      count = leave(byOutlook.first(outlook.list), count);
    }
    decide(count, nanos);
    return count;
  }

  /** Decides a trace that has become too large to hold. */
  void evict(int trace, long nanos) {
    decide(leave(trace, 0), nanos);
    metrics.evicted(Eviction.TRACE_SIZE);
  }

  /** Drops a trace, whatever the policies would say. */
  void drop(int trace, long nanos) {
    leave(trace, 0);
    finish(trace, Decision.NOT_SAMPLED, NO_POLICY, Attribution.NONE, nanos);
  }

  /** Takes a trace out of the lists and into the round; returns the round's new size. */
  private int leave(int trace, int count) {
    wheel.remove(trace);
    byOutlook.remove(traces.valueList(trace), trace);
    round[count] = trace;
    return count + 1;
  }

  private void decide(int count, long nanos) {
    if (count == 0) {
      return;
    }
    policies.decide(round, count, nanos);
    for (int i = 0; i < count; i++) {
      Decision decision = policies.decision(i);
      if (decision == Decision.SAMPLED && isLeftOut(round[i])) {
        decision = Decision.NOT_SAMPLED;
      }
      int policy = policies.sampledBy(i);
      Attribution attribution =
          decision == Decision.SAMPLED
              ? attributions.of(policy, policies.part(i))
              : Attribution.NONE;
      finish(round[i], decision, policy, attribution, nanos);
    }
  }

  /** Returns whether no threshold parts the trace from one that a limit has refused. */
  private boolean isLeftOut(int trace) {
    return thresholds != null
        && policies.hasLimits()
        && policies.threshold(trace) > traces.randomness(trace);
  }

  private void finish(
      int trace, Decision decision, int policy, Attribution attribution, long nanos) {
    long arrival = traces.arrivalNanos(trace);
    metrics.decided(decision, nanos - arrival);
    boolean isKept = decision == Decision.SAMPLED;
    long threshold = isKept && thresholds != null ? policies.threshold(trace) : Threshold.NONE;
    (isKept ? kept : dropped)
        .add(traces.idHigh(trace), traces.idLow(trace), nanos, threshold, policy);
    if (!isKept) {
      spansDropped += traces.spans(trace);
    }
    int block = traces.firstBlock(trace);
    while (block != Slabs.NONE) {
      int next = store.next(block);
      if (isKept) {
        exports.add(raise(block, threshold), arrival, attribution);
        exports.flushIfFull();
      } else {
        store.free(block);
      }
      block = next;
    }
    traces.remove(trace);
  }

  private int raise(int block, long threshold) {
    return thresholds == null ? block : thresholds.raise(block, threshold);
  }

  /**
   * Lets a late span follow its trace's decision, if there is one.
   *
   * @return whether there was a decision; the span is done with then
   */
  boolean followLate(ByteRange span, Origin origin, long idHigh, long idLow, long nanos) {
    int decision = kept.find(idHigh, idLow);
    if (decision != Rows.NONE) {
      metrics.late(true, nanos - kept.decidedNanos(decision));
      int block = raise(store.store(span, origin), kept.threshold(decision));
      exports.add(block, nanos, attributions.late(kept.policy(decision)));
      return true;
    }
    decision = dropped.find(idHigh, idLow);
    if (decision != Rows.NONE) {
      metrics.late(false, nanos - dropped.decidedNanos(decision));
      spansDropped++;
      return true;
    }
    return false;
  }

  /** Returns how many spans were dropped since the last call. */
  int takeSpansDropped() {
    int taken = (int) Math.min(spansDropped, Integer.MAX_VALUE);
    spansDropped -= taken;
    return taken;
  }

  /** Returns the memory of the decisions that are remembered. */
  long memoryBytes() {
    return kept.memoryBytes() + dropped.memoryBytes();
  }
}
