package io.millrace.processor.memorylimiter;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.Signal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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
    Limiter limiter = limiters.of(context, () -> limiter(context, config));
    return new MemoryLimiterProcessor(new LimiterAdmission(limiter, context, signal), next);
  }

  private Limiter limiter(ComponentContext context, MemoryLimiterConfig config) {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long available = AvailableMemory.bytes(Path.of("/"), machine);
    return new Limiter(
        MemoryLimits.of(config, jvmBytes(), available),
        config.checkInterval(),
        context.budget(),
        context.clock(),
        readings.apply(context.budget()::used));
  }

  /** Direct memory may grow as large as the heap unless the JVM was told otherwise. */
  private static long jvmBytes() {
    long heap = Runtime.getRuntime().maxMemory();
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long direct = Long.parseLong(options.getVMOption("MaxDirectMemorySize").getValue());
    return heap + (direct == 0 ? heap : direct);
  }
}
