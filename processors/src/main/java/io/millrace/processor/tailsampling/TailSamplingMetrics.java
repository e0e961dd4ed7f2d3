package io.millrace.processor.tailsampling;

import io.millrace.telemetry.Counter;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * The metrics of the processor as a whole, under the collector's names where it has them. Thread
 * safe.
 */
final class TailSamplingMetrics {
  static final String PREFIX = "otelcol_processor_tail_sampling_";

  private static final String OURS = "millrace_tail_sampling_";
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Without bounds of its own a histogram has those that OpenTelemetry's SDKs have by default. */
  private static final long[] SECONDS = {
    0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000
  };

  private static final long[] MILLIS = {
    1, 2, 5, 10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 3000, 4000, 5000, 10000,
    20000, 30000, 50000
  };

  /** Why a trace was decided before its time. */
  enum Eviction {
    NUM_TRACES,
    MEMORY,
    TRACE_SIZE
  }

  final Counter newTraces;
  final Counter tooLarge;
  final Counter droppedSpans;
  final Counter unreadableTracestates;
  private final Map<Decision, Counter> decided = new EnumMap<>(Decision.class);
  private final Map<Eviction, Counter> evicted = new EnumMap<>(Eviction.class);
  private final Counter droppedTooEarly;
  private final Counter lateKept;
  private final Counter lateDropped;
  private final Histogram lateAge;
  private final Histogram decisionAge;
  private final Histogram tick;

  TailSamplingMetrics(MetricRegistry metrics) {
    newTraces =
        metrics.counter(PREFIX + "new_trace_id_received", "Traces whose first span has come.");
    tooLarge =
        metrics.counter(
            PREFIX + "traces_dropped_too_large", "Traces beyond maximum_trace_size_bytes.");
    droppedSpans =
        metrics.counter(OURS + "dropped_spans_total", "Spans of traces that are not kept.");
    unreadableTracestates =
        metrics.counter(
            PREFIX + "count_spans_with_unparseable_tracestate",
            "Kept spans whose tracestate took no threshold, because it cannot be read.");
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
              OURS + "evictions_total",
              "Traces that were decided before their time.",
              "reason",
              reason.name().toLowerCase(Locale.ROOT)));
    }
    lateKept = late(metrics, true);
    lateDropped = late(metrics, false);
    lateAge =
        metrics.histogram(
            PREFIX + "sampling_late_span_age",
            "Seconds from a trace's decision to a late span.",
            SECONDS);
    decisionAge =
        metrics.histogram(
            PREFIX + "sampling_trace_removal_age",
            "Seconds from a trace's first span to its decision.",
            SECONDS);
    tick =
        metrics.histogram(
            PREFIX + "sampling_decision_timer_latency",
            "Milliseconds of a tick that decided something, or of a batch with span-ingest.",
            MILLIS);
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
    decisionAge.record(ageNanos / NANOS_PER_SECOND);
  }

  void evicted(Eviction reason) {
    Objects.requireNonNull(evicted.get(reason)).add(1);
    droppedTooEarly.add(1);
  }

  void late(boolean isSampled, long ageNanos) {
    (isSampled ? lateKept : lateDropped).add(1);
    lateAge.record(ageNanos / NANOS_PER_SECOND);
  }

  void ticked(long nanos) {
    tick.record(nanos / NANOS_PER_MILLI);
  }
}
