package io.millrace.processor.tailsampling;

import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;

/** The metrics of one policy; numbers are gathered over a round. Confined to the ring thread. */
final class PolicyCounters {
  private static final long NANOS_PER_MICRO = 1_000;

  private final Counter tracesFor;
  private final Counter tracesAgainst;
  private final Counter spansFor;
  private final Counter spansAgainst;
  private final Counter executions;
  private final Counter executionMicros;
  private final Counter errors;
  private final Counter keptAlone;
  private long tracesForNow;
  private long tracesAgainstNow;
  private long spansForNow;
  private long spansAgainstNow;

  /**
   * Registers the metrics.
   *
   * @param policy as the collector labels it: with the component's name in front, if it has one
   */
  PolicyCounters(MetricRegistry metrics, String policy, boolean isDrop) {
    Decision holds = isDrop ? Decision.DROPPED : Decision.SAMPLED;
    this.tracesFor = votes(metrics, "count_traces_sampled", policy, holds);
    this.tracesAgainst = votes(metrics, "count_traces_sampled", policy, Decision.NOT_SAMPLED);
    this.spansFor = votes(metrics, "count_spans_sampled", policy, holds);
    this.spansAgainst = votes(metrics, "count_spans_sampled", policy, Decision.NOT_SAMPLED);
    this.executions =
        counter(metrics, "sampling_policy_execution_count", "Evaluations of a policy.", policy);
    this.executionMicros =
        counter(metrics, "sampling_policy_execution_time_sum", "Microseconds in a policy.", policy);
    this.errors =
        counter(metrics, "sampling_policy_evaluation_error", "Evaluations that failed.", policy);
    this.keptAlone =
        metrics.counter(
            "millrace_tail_sampling_exclusive_keeps_total",
            "Traces that were kept because of this policy and no other.",
            "policy",
            policy);
  }

  private static Counter votes(
      MetricRegistry metrics, String name, String policy, Decision decision) {
    return metrics.counter(
        TailSamplingMetrics.PREFIX + name,
        "What a policy said of the traces it was asked about.",
        "policy",
        policy,
        "sampled",
        String.valueOf(decision == Decision.SAMPLED),
        "decision",
        decision.label());
  }

  private static Counter counter(MetricRegistry metrics, String name, String help, String policy) {
    return metrics.counter(TailSamplingMetrics.PREFIX + name, help, "policy", policy);
  }

  void voted(boolean holds, int spans) {
    if (holds) {
      tracesForNow++;
      spansForNow += spans;
    } else {
      tracesAgainstNow++;
      spansAgainstNow += spans;
    }
  }

  /** Ends a round that asked the policy {@code times} times. */
  void executed(int times, long nanos) {
    executions.add(times);
    executionMicros.add(nanos / NANOS_PER_MICRO);
    tracesFor.add(tracesForNow);
    tracesAgainst.add(tracesAgainstNow);
    spansFor.add(spansForNow);
    spansAgainst.add(spansAgainstNow);
    tracesForNow = 0;
    tracesAgainstNow = 0;
    spansForNow = 0;
    spansAgainstNow = 0;
  }

  void failed() {
    errors.add(1);
  }

  void keptAlone() {
    keptAlone.add(1);
  }
}
