package io.millrace.extension.memorylimiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.memory.Limiter;
import io.millrace.memory.MemoryReadings;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class MemoryLimiterExtensionTest {
  private static final int MIB = 1 << 20;

  private final FakeHost host = new FakeHost(new ManualClock(), new ByteBudget(1000L * MIB));

  /** A JVM that uses nothing beside telemetry. */
  private record NoReadings() implements MemoryReadings {
    @Override
    public Collection lastCollection() {
      return Collection.NONE;
    }

    @Override
    public long directBytes() {
      return 0;
    }
  }

  static ReceiverMiddleware create(ComponentContext context) {
    try {
      Limiter limiter =
          Limiter.create(
              context,
              ConfigLoader.loadComponent(
                  new MemoryLimiterExtensionFactory(), "{check_interval: 1s, limit_mib: 100}"),
              _ -> new NoReadings());
      return new MemoryLimiterExtension(limiter, context);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesFromTheSoftLimitOnAndCountsRequests() {
    ReceiverMiddleware limiter = create(host.context("memory_limiter/a"));
    host.budget().charge(80L * MIB - 1);
    assertThat(limiter.admits()).isTrue();

    host.budget().charge(1);
    assertThat(limiter.admits()).isFalse();
    assertThat(limiter.admits()).isFalse();
    assertThat(counted("accepted")).isEqualTo(1);
    assertThat(counted("refused")).isEqualTo(2);
  }

  private long counted(String outcome) {
    return host.metrics()
        .counter(
            "millrace_extension_memory_limiter_" + outcome + "_requests",
            "",
            "extension",
            "memory_limiter/a")
        .value();
  }
}
