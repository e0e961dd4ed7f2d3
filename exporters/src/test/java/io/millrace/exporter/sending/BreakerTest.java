package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private static Breaker afterFailures(int slots, int failures) {
    Breaker breaker = new Breaker(slots);
    fail(breaker, failures);
    return breaker;
  }

  private static void fail(Breaker breaker, int failures) {
    for (int i = 0; i < failures; i++) {
      breaker.failed(0);
    }
  }

  @Test
  void keepsEverySlotWhileSomeAttemptsSucceed() {
    Breaker breaker = afterFailures(10, 19);
    breaker.answered();
    fail(breaker, 19);

    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.openSlots()).isEqualTo(10);
  }

  @Test
  void leavesOneSlotAfterTwoRoundsOfFailures() {
    assertThat(afterFailures(10, 20).isOpen()).isTrue();
    assertThat(afterFailures(10, 20).openSlots()).isOne();
    assertThat(afterFailures(2, 9).isOpen()).isFalse();
    assertThat(afterFailures(2, 10).isOpen()).isTrue();
  }

  @Test
  void doublesTheSlotsWithEverySuccessAfterAnOutage() {
    Breaker breaker = afterFailures(10, 500);
    int[] open = new int[5];
    for (int i = 0; i < open.length; i++) {
      breaker.answered();
      open[i] = breaker.openSlots();
    }

    assertThat(open).containsExactly(2, 4, 8, 10, 10);
  }

  @Test
  void isUnwellAfterSixFailuresInARow() {
    assertThat(afterFailures(10, 5).isUnwell()).isFalse();
    assertThat(afterFailures(10, 6).isUnwell()).isTrue();
  }

  @Test
  void pausesUntilTheLaterOfTwoEnds() {
    Breaker breaker = new Breaker(10);
    breaker.pause(100);
    breaker.pause(50);

    assertThat(breaker.pauseNanos(30)).isEqualTo(70);
    assertThat(breaker.pauseNanos(100)).isZero();
  }
}
