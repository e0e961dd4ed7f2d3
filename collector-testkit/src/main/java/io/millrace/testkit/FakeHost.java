package io.millrace.testkit;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.telemetry.MetricRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a component gets from its host, with a clock that stands still. Thread safe. */
public final class FakeHost {
  private static final long BUDGET_BYTES = 64 << 20;

  private final ManualClock clock = new ManualClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);
  private final List<Throwable> fatalErrors = new CopyOnWriteArrayList<>();

  /** Returns what the host hands to the component {@code id}, such as {@code batch/small}. */
  public ComponentContext context(String id) {
    return new ComponentContext(ComponentId.parse(id), clock, metrics, budget, fatalErrors::add);
  }

  public ManualClock clock() {
    return clock;
  }

  public MetricRegistry metrics() {
    return metrics;
  }

  public ByteBudget budget() {
    return budget;
  }

  /** Returns what components have reported as fatal, in order. */
  public List<Throwable> fatalErrors() {
    return List.copyOf(fatalErrors);
  }
}
