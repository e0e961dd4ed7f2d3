package io.millrace.exporter.sending;

import io.millrace.testkit.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock and a timer that move together, task by task. Thread safe; tasks run unlocked. */
final class VirtualTime implements Timing.Timer {
  private record Task(long nanos, Runnable action) {}

  final ManualClock clock = new ManualClock();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::nanos));

  @Override
  public synchronized void schedule(long delayNanos, Runnable action) {
    tasks.add(new Task(clock.nanos() + delayNanos, action));
  }

  synchronized int scheduled() {
    return tasks.size();
  }

  /** Moves on, running what comes due on the way at its own time. */
  void advance(Duration duration) {
    long end = clock.nanos() + duration.toNanos();
    for (Task task = next(end); task != null; task = next(end)) {
      clock.advance(Duration.ofNanos(Math.max(0, task.nanos() - clock.nanos())));
      task.action().run();
    }
    clock.advance(Duration.ofNanos(end - clock.nanos()));
  }

  private synchronized @Nullable Task next(long end) {
    Task first = tasks.peek();
    return first != null && first.nanos() <= end ? tasks.poll() : null;
  }
}
