package io.millrace.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs things later, in virtual time: on the thread that moves the time, in the order in which they
 * are due. Thread safe.
 */
public final class ManualScheduler {
  private record Task(long dueNanos, long order, Runnable action) {}

  private final ManualClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
  private long scheduled;

  /** Creates a scheduler that moves {@code clock}; nobody else should. */
  public ManualScheduler(ManualClock clock) {
    this.clock = clock;
  }

  /** Runs {@code action} once the clock has moved by {@code delayNanos}. */
  public synchronized void schedule(long delayNanos, Runnable action) {
    tasks.add(new Task(clock.nanos() + delayNanos, scheduled++, action));
  }

  /** Moves the clock, stopping wherever something is due, also what is scheduled on the way. */
  public void advance(Duration duration) {
    long endNanos = clock.nanos() + duration.toNanos();
    for (Task task = pollDue(endNanos); task != null; task = pollDue(endNanos)) {
      clock.advance(Duration.ofNanos(Math.max(0, task.dueNanos - clock.nanos())));
      task.action.run();
    }
    clock.advance(Duration.ofNanos(endNanos - clock.nanos()));
  }

  private synchronized @Nullable Task pollDue(long endNanos) {
    Task first = tasks.peek();
    return first != null && first.dueNanos <= endNanos ? tasks.poll() : null;
  }

  /** Returns how many actions wait. */
  public synchronized int pending() {
    return tasks.size();
  }
}
