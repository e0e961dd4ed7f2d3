package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadHintTest {
  private final FakeClock clock = new FakeClock();
  private double random = 0.999_999;
  private final OverloadHint hint = new OverloadHint(clock, () -> random);

  @Test
  void growsWhileRefusalsGoOnAndStopsAtTwoSeconds() {
    assertThat(hint.nextNanos()).isCloseTo(millis(200), within());
    advance(500);
    assertThat(hint.nextNanos()).isCloseTo(millis(500), within());
    advance(1_000);
    assertThat(hint.nextNanos()).isCloseTo(millis(1_500), within());
    for (int i = 0; i < 10; i++) {
      advance(1_900);
      assertThat(hint.nextNanos()).isLessThanOrEqualTo(millis(2_000));
    }
  }

  @Test
  void startsOverAfterAPause() {
    hint.nextNanos();
    advance(1_900);
    assertThat(hint.nextNanos()).isCloseTo(millis(1_900), within());

    advance(2_000);

    assertThat(hint.nextNanos()).isCloseTo(millis(200), within());
  }

  @Test
  void spreadsSendersFromTheLeastWaitUpwards() {
    random = 0;
    assertThat(hint.nextNanos()).isEqualTo(OverloadHint.MIN_NANOS);
    advance(1_100);
    random = 0.5;
    assertThat(hint.nextNanos()).isCloseTo(millis(600), within());
  }

  private static org.assertj.core.data.Offset<Long> within() {
    return org.assertj.core.data.Offset.offset(millis(1));
  }

  private void advance(long millis) {
    clock.nanos.addAndGet(millis(millis));
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
