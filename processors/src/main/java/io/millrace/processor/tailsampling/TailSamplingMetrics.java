package io.millrace.processor.tailsampling;

import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * The metrics of the processor as a whole, under the collector's names where it has them.
 *
 * <p>What is a histogram there is its sum and count here. Thread safe.
 */
final class TailSamplingMetrics {
  static final String PREFIX = "otelcol_processor_tail_sampling_";

  private static final String OURS = "millrace_tail_sampling_";
  private static final double NANOS_PER_SECOND = 1e9;

  /** Why a trace was decided before its time. */
  enum Eviction {
    NUM_TRACES,
    MEMORY,
    TRACE_SIZE
  }

  final Counter newTraces;
  final Counter tooLarge;
  final Counter droppedSpans;
  private final Map<Decision, Counter> decided = new EnumMap<>(Decision.class);
  private final Map<Eviction, Counter> evicted = new EnumMap<>(Eviction.class);
  private final Counter droppedTooEarly;
  private final Counter lateKept;
  private final Counter lateDropped;
  private final Times lateAge;
  private final Times decisionAge;
  private final Times tick;

  TailSamplingMetrics(MetricRegistry metrics) {
    newTraces =
        metrics.counter(PREFIX + "new_trace_id_received", "Traces whose first span has come.");
    tooLarge =
        metrics.counter(
            PREFIX + "traces_dropped_too_large", "Traces beyond maximum_trace_size_bytes.");
    droppedSpans = metrics.counter(OURS + "dropped_spans", "Spans of traces that are not kept.");
    droppedTooEarly =
        metrics.counter(
            PREFIX + "sampling_trace_dropped_too_early",
            "Traces that were decided before their time, because something was full.");
    for (Decision decision : Decision.values()) {
      decided.put(
          decision,
          metrics.counter(
              PREFIX + "global_count_traces_sampled",
              "Decided traces.",
              "sampled",
              String.valueOf(decision == Decision.SAMPLED),
              "decision",
              decision.label()));
    }
    for (Eviction reason : Eviction.values()) {
      evicted.put(
          reason,
          metrics.counter(
              OURS + "evictions",
              "Traces that were decided before their time.",
              "reason",
              reason.name().toLowerCase(Locale.ROOT)));
    }
    lateKept = late(metrics, true);
    lateDropped = late(metrics, false);
    lateAge = new Times(metrics, PREFIX + "sampling_late_span_age", "seconds after the decision");
    decisionAge =
        new Times(metrics, PREFIX + "sampling_trace_removal_age", "seconds until the decision");
    tick =
        new Times(
            metrics, PREFIX + "sampling_decision_timer_latency", "milliseconds of a decision tick");
  }

  private static Counter late(MetricRegistry metrics, boolean isSampled) {
    return metrics.counter(
        PREFIX + "early_releases_from_cache_decision",
        "Late spans that followed their trace's decision.",
        "sampled",
        String.valueOf(isSampled));
  }

  /** Exposes what is held now. */
  void expose(MetricRegistry metrics, MemoryBound memory, IntSupplier openTraces) {
    metrics.gauge(PREFIX + "sampling_traces_on_memory", "Undecided traces.", openTraces::getAsInt);
    metrics.gauge(OURS + "held_bytes", "Memory of spans, tables and decisions.", memory::bytes);
  }

  void decided(Decision decision, long ageNanos) {
    Objects.requireNonNull(decided.get(decision)).add(1);
    decisionAge.add(ageNanos / NANOS_PER_SECOND);
  }

  void evicted(Eviction reason) {
    Objects.requireNonNull(evicted.get(reason)).add(1);
    droppedTooEarly.add(1);
  }

  void late(boolean isSampled, long ageNanos) {
    (isSampled ? lateKept : lateDropped).add(1);
    lateAge.add(ageNanos / NANOS_PER_SECOND);
  }

  void ticked(long nanos) {
    tick.add(nanos / 1e6);
  }
}
