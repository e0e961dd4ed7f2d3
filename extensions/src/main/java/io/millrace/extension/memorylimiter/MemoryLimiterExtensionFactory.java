package io.millrace.extension.memorylimiter;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.memory.JvmReadings;
import io.millrace.memory.Limiter;
import io.millrace.memory.MemoryLimiterConfig;
import java.util.Set;

/** Makes {@code memory_limiter} extensions. Thread safe. */
public final class MemoryLimiterExtensionFactory implements ExtensionFactory<MemoryLimiterConfig> {
  @Override
  public String type() {
    return "memory_limiter";
  }

  @Override
  public MemoryLimiterConfig defaultConfig() {
    return MemoryLimiterConfig.DEFAULT;
  }

  @Override
  public Set<Class<? extends Extension>> kinds(MemoryLimiterConfig config) {
    return Set.of(ReceiverMiddleware.class);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the JVM cannot hold the limit
   */
  @Override
  public Extension create(ComponentContext context, MemoryLimiterConfig config) {
    return new MemoryLimiterExtension(
        Limiter.create(context, config, JvmReadings::watching), context);
  }
}
