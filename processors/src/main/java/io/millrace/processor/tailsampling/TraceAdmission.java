package io.millrace.processor.tailsampling;

import io.millrace.component.Admission;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses at the door while there are as many undecided traces as may be. What is in the ring then
 * still comes in. Thread safe.
 */
final class TraceAdmission implements Admission {
  private static final Settlement TOO_MANY =
      Settlement.refused("too_many_traces", Duration.ofSeconds(1).toNanos());

  private final IntSupplier openTraces;
  private final int max;

  TraceAdmission(IntSupplier openTraces, int max) {
    this.openTraces = openTraces;
    this.max = max;
  }

  @Override
  public @Nullable Settlement reserve(Signal signal, int items, int bytes, RequestContext context) {
    return openTraces.getAsInt() < max ? null : TOO_MANY;
  }
}
