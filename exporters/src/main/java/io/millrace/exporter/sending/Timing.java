package io.millrace.exporter.sending;

import io.millrace.component.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Time and chance, which tests own. Thread safe.
 *
 * @param random yields numbers from 0 inclusive to 1 exclusive
 */
record Timing(Clock clock, Timer timer, DoubleSupplier random) {
  /** Runs something later. */
  interface Timer {
    /** Runs {@code task} once, after at least {@code delayNanos}. */
    void schedule(long delayNanos, Runnable task);
  }

  /**
   * Returns the JDK's; what is scheduled runs on virtual threads, for it may compress and write.
   */
  static Timing system(Clock clock) {
    return new Timing(
        clock,
        (delayNanos, task) ->
            CompletableFuture.delayedExecutor(
                    delayNanos, TimeUnit.NANOSECONDS, Thread::startVirtualThread)
                .execute(task),
        () -> ThreadLocalRandom.current().nextDouble());
  }
}
