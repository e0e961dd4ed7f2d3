package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts decisions. Confined to the ring thread, but for the counters themselves. */
final class SamplingCounters {
  private final Map<Policy, Counter> kept = new EnumMap<>(Policy.class);
  private final Map<Policy, Counter> dropped = new EnumMap<>(Policy.class);
  private final Map<Fault, Counter> faults = new EnumMap<>(Fault.class);

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

  void count(Policy policy, @Nullable Fault fault, boolean isKept) {
    Counter decision = (isKept ? kept : dropped).get(policy);
    if (decision != null) {
      decision.add(1);
    }
    Counter reason = fault == null ? null : faults.get(fault);
    if (reason != null) {
      reason.add(1);
    }
  }
}
