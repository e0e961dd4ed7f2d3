package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Extensions;
import io.millrace.telemetry.MetricRegistry;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What a graph gets from the process around it. Immutable.
 *
 * @param random yields numbers from 0 inclusive to 1 exclusive; called by any thread
 * @param fatal takes the error of a component that can do nothing useful any more
 */
public record GraphHost(
    Clock clock,
    DoubleSupplier random,
    MetricRegistry metrics,
    ByteBudget budget,
    Consumer<Throwable> fatal) {
  ComponentContext contextOf(ComponentId id, Extensions extensions) {
    return new ComponentContext(id, clock, metrics, budget, fatal, extensions);
  }
}
