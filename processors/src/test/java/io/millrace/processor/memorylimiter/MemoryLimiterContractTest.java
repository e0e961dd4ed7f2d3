package io.millrace.processor.memorylimiter;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.memory.MemoryLimiterConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ProcessorContract;

/** The limiter keeps to what every processor has to. */
class MemoryLimiterContractTest extends ProcessorContract {
  @Override
  protected Processor create(ComponentContext context, Signal signal, Consumer next) {
    try {
      MemoryLimiterFactory factory = new MemoryLimiterFactory(_ -> new NoReadings());
      MemoryLimiterConfig config =
          ConfigLoader.loadComponent(factory, "{check_interval: 1s, limit_mib: 100}");
      return factory.create(context, config, signal, next);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
