package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Backoff backoff(DoubleSupplier random) {
    return new Backoff(RetryConfig.DEFAULT, random);
  }

  @Test
  void growsByTheMultiplierUpToTheMaximum() {
    Backoff backoff = backoff(() -> 0.5);

    assertThat(backoff.delayNanos(1, 0)).isEqualTo(5 * SECOND);
    assertThat(backoff.delayNanos(2, 0)).isEqualTo(7_500_000_000L);
    assertThat(backoff.delayNanos(3, 0)).isEqualTo(11_250_000_000L);
    assertThat(backoff.delayNanos(6, 0)).isEqualTo(30 * SECOND);
    assertThat(backoff.delayNanos(1_000_000, 0)).isEqualTo(30 * SECOND);
  }

  @Test
  void straysFromTheMeanByTheRandomizationFactorAtMost() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Backoff backoff = backoff(new Random(seed)::nextDouble);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      long delay = backoff.delayNanos(1, 0);
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }

    assertThat(least).isBetween(2_500_000_000L, 2_600_000_000L);
    assertThat(most).isBetween(7_400_000_000L, 7_500_000_000L);
  }

  @Test
  void neverComesBeforeTheHintAndSpreadsAfterIt() {
    assertThat(backoff(() -> 0).delayNanos(1, 20 * SECOND)).isEqualTo(20 * SECOND);
    assertThat(backoff(() -> 0.999).delayNanos(1, 20 * SECOND)).isBetween(23 * SECOND, 24 * SECOND);
  }

  @Test
  void prefersTheBackoffToAShorterHint() {
    assertThat(backoff(() -> 0.5).delayNanos(1, SECOND)).isEqualTo(5 * SECOND);
  }

  @Test
  void ignoresHintsInThePastAndCutsThoseBeyondTenMinutes() {
    Backoff backoff = new Backoff(SendingFixture.NO_JITTER, () -> 0);

    assertThat(backoff.delayNanos(1, -SECOND)).isEqualTo(5 * SECOND);
    assertThat(backoff.delayNanos(1, Long.MAX_VALUE)).isEqualTo(600 * SECOND);
  }
}
