package io.millrace.component;

import io.millrace.telemetry.MetricRegistry;
import java.util.function.Consumer;

/**
 * What the host hands to a component at its creation.
 *
 * @param id as the user wrote it
 * @param clock the time
 * @param metrics where the component registers its metrics
 * @param budget the process's bytes of telemetry
 * @param fatal takes an error after which the component can do nothing useful, such as a listener
 *     that died; the collector shuts down and exits non-zero
 * @param extensions those that the component's configuration names
 */
public record ComponentContext(
    ComponentId id,
    Clock clock,
    MetricRegistry metrics,
    ByteBudget budget,
    Consumer<Throwable> fatal,
    Extensions extensions) {
  /** Without extensions. */
  public ComponentContext(
      ComponentId id,
      Clock clock,
      MetricRegistry metrics,
      ByteBudget budget,
      Consumer<Throwable> fatal) {
    this(id, clock, metrics, budget, fatal, Extensions.NONE);
  }
}
