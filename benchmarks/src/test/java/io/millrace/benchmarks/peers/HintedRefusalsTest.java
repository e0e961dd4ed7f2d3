package io.millrace.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HintedRefusalsTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final HintedRefusals refusals = new HintedRefusals();

  @Test
  void refusesAsOftenAsItIsToldToAndTakesTheRest() {
    assertThat(refusals.nextHintNanos(0)).isZero();

    refusals.begin(2, Duration.ofSeconds(1));

    assertThat(refusals.nextHintNanos(0)).isEqualTo(SECOND_NANOS);
    assertThat(refusals.nextHintNanos(0)).isEqualTo(SECOND_NANOS);
    assertThat(refusals.nextHintNanos(0)).isZero();
  }

  @Test
  void tellsHowLongTheClientHasWaitedEachTime() {
    refusals.nextHintNanos(7);
    refusals.begin(1, Duration.ofSeconds(1));
    assertThat(refusals.pauses()).isEmpty();

    refusals.nextHintNanos(2 * SECOND_NANOS);
    refusals.nextHintNanos(5 * SECOND_NANOS);

    assertThat(refusals.pauses()).containsExactly(Duration.ofSeconds(3));
  }
}
