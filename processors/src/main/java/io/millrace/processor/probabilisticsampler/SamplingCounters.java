package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes decisions, and counts them when they have come true. Confined to the ring thread, but for
 * the counters themselves.
 */
final class SamplingCounters {
  private final Map<Policy, Counter> kept = new EnumMap<>(Policy.class);
  private final Map<Policy, Counter> dropped = new EnumMap<>(Policy.class);
  private final Map<Fault, Counter> faults = new EnumMap<>(Fault.class);
  private final int[] keptNoted = new int[Policy.values().length];
  private final int[] droppedNoted = new int[Policy.values().length];
  private final int[] faultsNoted = new int[Fault.values().length];

  SamplingCounters(ComponentContext context, Signal signal, String fromAttribute) {
    for (Policy policy : Policy.values()) {
      if (policy != Policy.ATTRIBUTE || !fromAttribute.isEmpty()) {
        kept.put(policy, sampled(context, signal, policy.label(fromAttribute), true));
        dropped.put(policy, sampled(context, signal, policy.label(fromAttribute), false));
      }
    }
    for (Fault fault : Fault.values()) {
      faults.put(
          fault,
          context
              .metrics()
              .counter(
                  "millrace_processor_sampling_faults",
                  "Records whose sampling information could not be used.",
                  "processor",
                  context.id().toString(),
                  "otel_signal",
                  signal.id(),
                  "fault",
                  fault.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Counter sampled(
      ComponentContext context, Signal signal, String policy, boolean isSampled) {
    return context
        .metrics()
        .counter(
            "otelcol_processor_probabilistic_sampler_count_" + signal.id() + "_sampled",
            "Count of " + signal.id() + " that were sampled or not.",
            "policy",
            policy,
            "sampled",
            Boolean.toString(isSampled));
  }

  void note(Policy policy, @Nullable Fault fault, boolean isKept) {
    (isKept ? keptNoted : droppedNoted)[policy.ordinal()]++;
    if (fault != null) {
      faultsNoted[fault.ordinal()]++;
    }
  }

  /** Forgets what has been noted and not counted. */
  void forget() {
    Arrays.fill(keptNoted, 0);
    Arrays.fill(droppedNoted, 0);
    Arrays.fill(faultsNoted, 0);
  }

  /** Counts what has been noted. */
  void count() {
    kept.forEach((policy, counter) -> counter.add(keptNoted[policy.ordinal()]));
    dropped.forEach((policy, counter) -> counter.add(droppedNoted[policy.ordinal()]));
    faults.forEach((fault, counter) -> counter.add(faultsNoted[fault.ordinal()]));
    forget();
  }
}
