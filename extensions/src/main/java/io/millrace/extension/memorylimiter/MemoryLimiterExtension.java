package io.millrace.extension.memorylimiter;

import io.millrace.component.ComponentContext;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.memory.Limiter;
import io.millrace.telemetry.Counter;

/** Asks the limiter about requests of which nothing is read yet, and counts. Thread safe. */
final class MemoryLimiterExtension implements ReceiverMiddleware {
  private final Limiter limiter;
  private final Counter accepted;
  private final Counter refused;

  MemoryLimiterExtension(Limiter limiter, ComponentContext context) {
    this.limiter = limiter;
    accepted = counter(context, "accepted", "that passed the limiter");
    refused = counter(context, "refused", "that the limiter refused");
  }

  private static Counter counter(ComponentContext context, String outcome, String what) {
    return context
        .metrics()
        .counter(
            "millrace_extension_memory_limiter_" + outcome + "_requests",
            "Number of requests " + what + ".",
            "extension",
            context.id().toString());
  }

  @Override
  public boolean admits() {
    boolean isAdmitted = limiter.admits(0);
    (isAdmitted ? accepted : refused).add(1);
    return isAdmitted;
  }
}
