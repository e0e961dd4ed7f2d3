package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.component.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private static final long MIB = 1 << 20;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final ByteBudget budget = new ByteBudget(1000 * MIB);
  private final FakeReadings readings = new FakeReadings(budget::used);
  private final Limiter limiter =
      new Limiter(new MemoryLimits(80 * MIB, 100 * MIB), INTERVAL, budget, clock, readings);

  private void advance(Duration duration) {
    clock.nanos.addAndGet(duration.toNanos());
  }

  private boolean admits() {
    return limiter.admits(0);
  }

  @Test
  void refusesFromTheSoftLimitOnAtOnce() {
    assertThat(budget.tryReserve(80 * MIB - 1)).isTrue();
    assertThat(admits()).isTrue();
    budget.charge(1);
    assertThat(admits()).isFalse();
    budget.release(1);
    assertThat(admits()).isTrue();
  }

  @Test
  void doesNotHoldARequestsOwnBytesAgainstIt() {
    budget.charge(90 * MIB);
    assertThat(limiter.admits(90 * MIB)).isTrue();
    assertThat(limiter.admits(10 * MIB)).isFalse();
  }

  @Test
  void countsWhatACollectionLeftThatNobodyAccountedFor() {
    budget.charge(30 * MIB);
    readings.collect(75 * MIB); // 30 of them telemetry
    advance(INTERVAL);
    assertThat(admits()).isTrue();
    budget.charge(5 * MIB - 1);
    assertThat(admits()).isTrue();
    budget.charge(1);
    assertThat(admits()).isFalse();
    budget.release(5 * MIB);
    assertThat(admits()).isTrue();
  }

  /**
   * Scenario: a collection finds 81 MiB, nearly all of them telemetry that is delivered soon after;
   * the next request comes an hour later.
   *
   * <p>Guarantees: what was telemetry then is not taken for something else now.
   */
  @Test
  void comparesACollectionWithWhatWasAccountedForThen() {
    budget.charge(79 * MIB);
    readings.collect(81 * MIB);
    budget.release(79 * MIB);
    advance(Duration.ofHours(1));

    assertThat(admits()).isTrue();
    budget.charge(78 * MIB - 1);
    assertThat(admits()).isTrue();
    budget.charge(1);
    assertThat(admits()).isFalse();
  }

  @Test
  void aCollectionBeforeItsTimeIsNotALaterOne() {
    readings.collect(90 * MIB);

    assertThat(another().admits(0)).isTrue();
  }

  /** Scenario: a pool of direct buffers keeps what it once needed. */
  @Test
  void forgetsDirectMemoryThatOnlyRefusalsKeepThere() {
    readings.directBytes = 80 * MIB;
    assertThat(admits()).isFalse();
    advance(Limiter.READING_EXPIRES);
    assertThat(admits()).isTrue();

    readings.directBytes = 159 * MIB;
    advance(INTERVAL);
    assertThat(admits()).isTrue();
    readings.directBytes = 160 * MIB;
    advance(INTERVAL);
    assertThat(admits()).isFalse();

    readings.directBytes = 0;
    advance(INTERVAL);
    assertThat(admits()).isTrue();
    readings.directBytes = 80 * MIB;
    advance(INTERVAL);
    assertThat(admits()).isFalse();
  }

  @Test
  void countsDirectMemory() {
    readings.directBytes = 80 * MIB;
    assertThat(admits()).isFalse();
    readings.directBytes = 0;
    advance(INTERVAL);
    assertThat(admits()).isTrue();
  }

  @Test
  void looksAtTheJvmOncePerInterval() {
    assertThat(admits()).isTrue();
    readings.directBytes = 90 * MIB;
    advance(INTERVAL.minusNanos(1));
    assertThat(admits()).isTrue();
    assertThat(readings.looks).isEqualTo(1);
    advance(Duration.ofNanos(1));
    assertThat(admits()).isFalse();
    assertThat(admits()).isFalse();
    assertThat(readings.looks).isEqualTo(2);
  }

  /**
   * Scenario: a collection finds the heap full, traffic is refused, and so nothing makes the JVM
   * collect again.
   *
   * <p>Guarantees: the process does not refuse for ever.
   */
  @Test
  void forgetsAReadingThatOnlyRefusalsKeepOld() {
    readings.collect(90 * MIB);
    assertThat(admits()).isFalse();
    advance(Limiter.READING_EXPIRES.minusSeconds(1));
    assertThat(admits()).isFalse();
    advance(INTERVAL);
    assertThat(admits()).isTrue();
    readings.collect(91 * MIB);
    advance(INTERVAL);
    assertThat(admits()).isFalse();
  }

  @Test
  void doesNotForgetAReadingForItsAgeAlone() {
    readings.collect(50 * MIB);
    assertThat(admits()).isTrue();
    advance(Duration.ofHours(1));
    budget.charge(30 * MIB);
    assertThat(admits()).isFalse();
    advance(INTERVAL);
    assertThat(admits()).isFalse();
  }

  private Limiter another() {
    return new Limiter(limiter.limits(), INTERVAL, budget, clock, readings);
  }

  @Test
  void readsThisJvm() {
    JvmReadings jvm = JvmReadings.watching(() -> 5 * MIB);
    assertThat(jvm.lastCollection()).isEqualTo(MemoryReadings.Collection.NONE);
    System.gc();

    await().until(() -> jvm.lastCollection().number() > 0);
    assertThat(jvm.lastCollection().liveHeapBytes())
        .isBetween(1L, Runtime.getRuntime().maxMemory());
    assertThat(jvm.lastCollection().accountedBytes()).isEqualTo(5 * MIB);
    assertThat(jvm.directBytes()).isGreaterThanOrEqualTo(0);
  }
}
