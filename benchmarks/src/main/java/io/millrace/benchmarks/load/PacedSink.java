package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Response;
import io.millrace.component.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A sink that serves one request after the other and takes the same time for each, so that it takes
 * a known number a second however many wait. Thread safe.
 */
final class PacedSink implements SinkBehaviour, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("paced-sink").factory());
  private final Clock clock;
  private volatile long intervalNanos;
  private long freeNanos;

  /** Creates a sink that takes {@code requestsPerSecond} at most. */
  PacedSink(Clock clock, double requestsPerSecond) {
    this.clock = clock;
    this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
    this.freeNanos = clock.nanos();
  }

  /** Takes what comes from now on at once, for nobody measures it any more. */
  void hurry() {
    intervalNanos = 0;
  }

  @Override
  public void handle(Runnable count, Response response) {
    long wait = served() - clock.nanos();
    timer.schedule(() -> SinkBehaviour.PROMPT.handle(count, response), wait, TimeUnit.NANOSECONDS);
  }

  /** Returns when a request that comes now has been served. */
  private synchronized long served() {
    freeNanos = Math.max(freeNanos, clock.nanos()) + intervalNanos;
    return freeNanos;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
