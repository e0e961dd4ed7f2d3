package io.millrace.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a shutdown one after the other within one deadline.
 *
 * <p>The works of a step run side by side, each on its own thread. A work that is not done when its
 * step's share of the time is over is interrupted, logged with its stack and left behind: one
 * component that hangs must not cost the others their time. Confined to the control thread.
 */
final class ShutdownSteps {
  /** One part of a step. */
  record Work(String name, Runnable run) {}

  /** For an exporter to settle what it cannot deliver any more. */
  private static final Duration INTERRUPT_GRACE = Duration.ofMillis(200);

  private static final Logger logger = LoggerFactory.getLogger(ShutdownSteps.class);

  private final long startNanos = System.nanoTime();
  private final long wholeNanos;

  /** Starts the clock of a shutdown that takes {@code timeout} at most. */
  ShutdownSteps(Duration timeout) {
    this.wholeNanos = timeout.toNanos();
  }

  /** Returns the time left until a share, from 0 to 1, of the whole is over; never negative. */
  Duration leftUntil(double share) {
    long dueNanos = startNanos + (long) (wholeNanos * share);
    return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
  }

  /** Runs all of {@code works}, and waits for them until {@code share} of the whole is over. */
  void run(double share, List<Work> works) {
    List<Thread> threads = new ArrayList<>();
    for (Work work : works) {
      String name = "shutdown " + work.name();
      threads.add(Thread.ofPlatform().name(name).daemon().start(work.run()));
    }
    for (Thread thread : threads) {
      if (!hasEnded(thread, leftUntil(share))) {
        leaveBehind(thread);
      }
    }
  }

  private static void leaveBehind(Thread thread) {
    String stack = Arrays.toString(thread.getStackTrace());
    logger.warn("{} takes too long; it is interrupted at {}", thread.getName(), stack);
    thread.interrupt();
    hasEnded(thread, INTERRUPT_GRACE);
  }

  private static boolean hasEnded(Thread thread, Duration wait) {
    try {
      return thread.join(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }
}
