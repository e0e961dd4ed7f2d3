package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long INTERVAL_NANOS = 10;

  private final Schedule schedule = new Schedule(new ManualClock(), 1000, INTERVAL_NANOS, 4, 6, 8);

  @Test
  void theHotRequestsComeFasterThanTheOthers() {
    assertThat(schedule.dueNanos(1)).isEqualTo(1000 + INTERVAL_NANOS / Schedule.HOT_FACTOR);
    assertThat(schedule.dueNanos(4)).isEqualTo(1000 + 4 * INTERVAL_NANOS / Schedule.HOT_FACTOR);
  }

  @Test
  void theEndOfTheWarmUpIsAsSlowAsTheMeasurement() {
    for (long request = 4; request < 8; request++) {
      assertThat(schedule.dueNanos(request + 1) - schedule.dueNanos(request))
          .isEqualTo(INTERVAL_NANOS);
    }
  }

  @Test
  void onlyWhatFollowsTheWarmUpIsMeasured() {
    assertThat(schedule.isMeasured(5)).isFalse();
    assertThat(schedule.isMeasured(6)).isTrue();
  }
}
