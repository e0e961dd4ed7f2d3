package io.millrace.processor.memorylimiter;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.memory.JvmReadings;
import io.millrace.memory.Limiter;
import io.millrace.memory.MemoryLimiterConfig;
import io.millrace.memory.MemoryReadings;
import io.millrace.pdata.Signal;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes {@code memory_limiter} processors; those of one id share a decision. Thread safe. */
public final class MemoryLimiterFactory implements ProcessorFactory<MemoryLimiterConfig> {
  private final SharedLimiters limiters = new SharedLimiters();
  private final Function<LongSupplier, MemoryReadings> readings;

  public MemoryLimiterFactory() {
    this(JvmReadings::watching);
  }

  /** Creates a factory whose limiters read what {@code readings} makes of the accounted bytes. */
  MemoryLimiterFactory(Function<LongSupplier, MemoryReadings> readings) {
    this.readings = readings;
  }

  @Override
  public String type() {
    return "memory_limiter";
  }

  @Override
  public MemoryLimiterConfig defaultConfig() {
    return MemoryLimiterConfig.DEFAULT;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the JVM cannot hold the limit
   */
  @Override
  public Processor create(
      ComponentContext context, MemoryLimiterConfig config, Signal signal, Consumer next) {
    Limiter limiter = limiters.of(context, () -> Limiter.create(context, config, readings));
    return new MemoryLimiterProcessor(new LimiterAdmission(limiter, context, signal), next);
  }
}
