package io.millrace.processor.memorylimiter;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.memory.Limiter;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One limiter for each id of a collector, as long as a processor holds on to it; a collector is
 * known by its budget. Thread safe.
 */
final class SharedLimiters {
  private record Key(ByteBudget collector, ComponentId id) {}

  private final Map<Key, WeakReference<Limiter>> limiters = new HashMap<>();

  synchronized Limiter of(ComponentContext context, Supplier<Limiter> make) {
    limiters.values().removeIf(reference -> reference.get() == null);
    Key key = new Key(context.budget(), context.id());
    WeakReference<Limiter> known = limiters.get(key);
    Limiter limiter = known == null ? null : known.get();
    if (limiter == null) {
      limiter = make.get();
      limiters.put(key, new WeakReference<>(limiter));
    }
    return limiter;
  }
}
