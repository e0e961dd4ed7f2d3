package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManualSchedulerTest {
  private final ManualClock clock = new ManualClock();
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final long startNanos = clock.nanos();
  private final List<Long> runs = new ArrayList<>();

  private void run() {
    runs.add(clock.nanos() - startNanos);
  }

  @Test
  void runsWhatIsDueAtItsTimeAndInOrder() {
    scheduler.schedule(30, this::run);
    scheduler.schedule(10, this::run);
    scheduler.schedule(41, this::run);

    scheduler.advance(Duration.ofNanos(40));

    assertThat(runs).containsExactly(10L, 30L);
    assertThat(scheduler.pending()).isEqualTo(1);
    assertThat(clock.nanos() - startNanos).isEqualTo(40);
  }

  @Test
  void runsWhatIsScheduledOnTheWay() {
    scheduler.schedule(10, () -> scheduler.schedule(10, this::run));

    scheduler.advance(Duration.ofNanos(20));

    assertThat(runs).containsExactly(20L);
  }
}
