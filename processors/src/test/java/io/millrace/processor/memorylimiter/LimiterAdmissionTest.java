package io.millrace.processor.memorylimiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Admission;
import io.millrace.component.ByteBudget;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.memory.Limiter;
import io.millrace.memory.MemoryLimiterConfig;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Settlement.Kind;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class LimiterAdmissionTest {
  private static final long MIB = 1 << 20;

  private final ManualClock clock = new ManualClock();
  private final ByteBudget budget = new ByteBudget(1000 * MIB);
  private final FakeHost host = new FakeHost(clock, budget);

  @Test
  void countsItsAnswersAndLeavesTheHintToTheDoor() {
    Admission admission =
        new LimiterAdmission(limiter(), host.context("memory_limiter/a"), Signal.LOGS);
    assertThat(admission.reserve(Signal.LOGS, 7, 100, RequestContext.EMPTY)).isNull();
    budget.charge(80 * MIB);
    Settlement refusal = admission.reserve(Signal.LOGS, 5, 0, RequestContext.EMPTY);

    assertThat(refusal).extracting(Settlement::kind).isEqualTo(Kind.REFUSED);
    assertThat(counted("accepted")).isEqualTo(7);
    assertThat(counted("refused")).isEqualTo(5);
  }

  private Limiter limiter() {
    try {
      MemoryLimiterConfig config =
          ConfigLoader.loadComponent(
              new MemoryLimiterFactory(), "{check_interval: 1s, limit_mib: 100}");
      return Limiter.create(host.context("memory_limiter"), config, _ -> new NoReadings());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private long counted(String outcome) {
    return host.metrics()
        .counter(
            "otelcol_processor_memory_limiter_" + outcome + "_log_records",
            "",
            "processor",
            "memory_limiter/a")
        .value();
  }

  @Test
  void pipelinesThatNameItShareOneDecision() {
    SharedLimiters limiters = new SharedLimiters();
    FakeHost other = new FakeHost(clock, new ByteBudget(MIB));
    Limiter first = limiters.of(host.context("memory_limiter"), this::limiter);

    assertThat(limiters.of(host.context("memory_limiter"), this::limiter)).isSameAs(first);
    assertThat(limiters.of(host.context("memory_limiter/b"), this::limiter)).isNotSameAs(first);
    assertThat(limiters.of(other.context("memory_limiter"), this::limiter)).isNotSameAs(first);
  }
}
