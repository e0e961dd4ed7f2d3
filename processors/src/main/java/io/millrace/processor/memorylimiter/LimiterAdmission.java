package io.millrace.processor.memorylimiter;

import io.millrace.component.Admission;
import io.millrace.component.ComponentContext;
import io.millrace.memory.Limiter;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import org.jspecify.annotations.Nullable;

/** Asks the limiter for one pipeline, and counts its answers. Thread safe. */
final class LimiterAdmission implements Admission {
  /** The door adds the hint when to retry. */
  private static final Settlement REFUSED = Settlement.refused("memory_limited", 0);

  private final Limiter limiter;
  private final Counter accepted;
  private final Counter refused;

  LimiterAdmission(Limiter limiter, ComponentContext context, Signal signal) {
    this.limiter = limiter;
    this.accepted = counter(context, "accepted", signal, "that passed the limiter");
    this.refused = counter(context, "refused", signal, "that the limiter refused");
  }

  private static Counter counter(
      ComponentContext context, String outcome, Signal signal, String what) {
    return context
        .metrics()
        .counter(
            "otelcol_processor_memory_limiter_" + outcome + "_" + signal.items(),
            "Number of " + signal.items() + " " + what + ".",
            "processor",
            context.id().toString());
  }

  @Override
  public @Nullable Settlement reserve(
      Signal signal, int items, int bytes, RequestContext requestContext) {
    boolean isAdmitted = limiter.admits(bytes);
    (isAdmitted ? accepted : refused).add(items);
    return isAdmitted ? null : REFUSED;
  }
}
