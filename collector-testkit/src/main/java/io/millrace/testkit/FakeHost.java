package io.millrace.testkit;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionId;
import io.millrace.component.Extensions;
import io.millrace.telemetry.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What components get from their host. Thread safe. */
public final class FakeHost {
  private static final long BUDGET_BYTES = 64 << 20;

  private final Clock clock;
  private final MetricRegistry metrics = new MetricRegistry();
  private final ByteBudget budget;
  private final List<Throwable> fatalErrors = new CopyOnWriteArrayList<>();
  private final Map<ComponentId, Extension> extensions = new ConcurrentHashMap<>();

  /** Creates a host with the given time, often a {@link ManualClock}, and a budget of 64 MiB. */
  public FakeHost(Clock clock) {
    this(clock, new ByteBudget(BUDGET_BYTES));
  }

  /** Creates a host with the given time and budget. */
  public FakeHost(Clock clock, ByteBudget budget) {
    this.clock = clock;
    this.budget = budget;
  }

  /** Returns what the host hands to the component {@code id}, such as {@code batch/small}. */
  public ComponentContext context(String id) {
    return new ComponentContext(
        ComponentId.parse(id), clock, metrics, budget, fatalErrors::add, extensions());
  }

  /** Lets components find an extension under this name. */
  public FakeHost extension(String id, Extension extension) {
    extensions.put(ComponentId.parse(id), extension);
    return this;
  }

  private Extensions extensions() {
    return new Extensions() {
      @Override
      public <E extends Extension> E get(ExtensionId<E> id, Class<E> kind) {
        Extension found = extensions.get(id.id());
        if (!kind.isInstance(found)) {
          throw new IllegalArgumentException(
              "extension: " + id + " (expected: a " + kind.getSimpleName() + ")");
        }
        return kind.cast(found);
      }
    };
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
