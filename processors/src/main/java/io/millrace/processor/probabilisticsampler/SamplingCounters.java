package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notes decisions, and counts them when they have come true. Confined to the ring thread, but for
 * the counters themselves.
 */
final class SamplingCounters {
  private final Map<Policy, Notes> kept = new EnumMap<>(Policy.class);
  private final Map<Policy, Notes> dropped = new EnumMap<>(Policy.class);
  private final Map<Fault, Notes> faults = new EnumMap<>(Fault.class);

  SamplingCounters(ComponentContext context, Signal signal, String fromAttribute) {
    for (Policy policy : Policy.values()) {
      if (policy != Policy.ATTRIBUTE || !fromAttribute.isEmpty()) {
        kept.put(policy, notes(context, signal, policy.label(fromAttribute), true));
        dropped.put(policy, notes(context, signal, policy.label(fromAttribute), false));
      }
    }
    for (Fault fault : Fault.values()) {
      faults.put(
          fault,
          new Notes(
              context
                  .metrics()
                  .counter(
                      "millrace_processor_sampling_faults_total",
                      "Records whose sampling information could not be used.",
                      "processor",
                      context.id().toString(),
                      "otel_signal",
                      signal.id(),
                      "fault",
                      fault.name().toLowerCase(Locale.ROOT))));
    }
  }

  private static Notes notes(
      ComponentContext context, Signal signal, String policy, boolean isSampled) {
    return new Notes(
        context
            .metrics()
            .counter(
                "otelcol_processor_probabilistic_sampler_count_" + signal.id() + "_sampled",
                "Count of " + signal.id() + " that were sampled or not.",
                "policy",
                policy,
                "sampled",
                Boolean.toString(isSampled)));
  }

  void note(Policy policy, @Nullable Fault fault, boolean isKept) {
    Notes notes = (isKept ? kept : dropped).get(policy);
    if (notes != null) {
      notes.noted++;
    }
    if (fault != null) {
      Objects.requireNonNull(faults.get(fault)).noted++;
    }
  }

  /** Forgets what has been noted and not counted. */
  void forget() {
    all(notes -> notes.noted = 0);
  }

  /** Counts what has been noted. */
  void count() {
    all(notes -> notes.counter.add(notes.noted));
    forget();
  }

  private void all(Consumer<Notes> action) {
    kept.values().forEach(action);
    dropped.values().forEach(action);
    faults.values().forEach(action);
  }

  private static final class Notes {
    final Counter counter;
    int noted;

    Notes(Counter counter) {
      this.counter = counter;
    }
  }
}
