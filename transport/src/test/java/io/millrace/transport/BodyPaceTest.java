package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BodyPaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final BodyPaceLimits LIMITS = new BodyPaceLimits(Duration.ofSeconds(60), 1024);

  @Test
  void isPatientForTenSeconds() {
    BodyPace pace = new BodyPace(LIMITS, 5 * SECOND);

    assertThat(pace.isTooSlow(14 * SECOND, 0)).isFalse();
    assertThat(pace.isTooSlow(15 * SECOND, 0)).isTrue();
  }

  @Test
  void letsASteadySenderGoOnUntilTheTimeForAllOfIt() {
    BodyPace pace = new BodyPace(LIMITS, 0);
    for (int second = 1; second <= 60; second++) {
      assertThat(pace.isTooSlow(second * SECOND, second * 1024L)).isFalse();
    }
    assertThat(pace.isTooSlow(60 * SECOND + 1, 60 * 1024L)).isTrue();
  }

  @Test
  void doesNotLiveOnWhatCameQuicklyAtFirst() {
    BodyPace pace = new BodyPace(LIMITS, 0);

    assertThat(pace.isTooSlow(10 * SECOND, 1_000_000)).isFalse();
    assertThat(pace.isTooSlow(19 * SECOND, 1_000_010)).isFalse();
    assertThat(pace.isTooSlow(20 * SECOND, 1_000_020)).isTrue();
  }

  @Test
  void takesZeroForNoLimit() {
    BodyPace pace = new BodyPace(new BodyPaceLimits(Duration.ZERO, 0), 0);

    assertThat(pace.isTooSlow(1_000_000 * SECOND, 0)).isFalse();
  }

  @Test
  void isLookedAtOftenEnoughForItsLimits() {
    assertThat(LIMITS.checkInterval()).isEqualTo(Duration.ofMillis(2500));
    assertThat(new BodyPaceLimits(Duration.ofMillis(400), 1).checkInterval())
        .isEqualTo(Duration.ofMillis(100));
  }
}
