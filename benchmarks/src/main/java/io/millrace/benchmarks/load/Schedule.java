package io.millrace.benchmarks.load;

import io.millrace.component.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * When each request is meant to be sent, whatever became of the others: latency counts from there,
 * so that a stalled system cannot hide its stall by slowing the generator down.
 *
 * <p>The warm-up begins with hot requests, {@value #HOT_FACTOR} times as many a second as are
 * measured: at the measured rate the compiler would take minutes to settle, and its work would be
 * charged to the spans. The end of the warm-up is as slow as the measurement. Immutable.
 *
 * @param startNanos of {@code clock}, when request 0 is due
 * @param intervalNanos between two requests that are not hot
 * @param hotRequests how many go first, faster than the others
 * @param warmupRequests how many go before those that count, with the hot ones
 * @param requests how many there are, with the warm-up
 */
record Schedule(
    Clock clock,
    long startNanos,
    long intervalNanos,
    long hotRequests,
    long warmupRequests,
    long requests) {
  static final int HOT_FACTOR = 2;

  /** How long the warm-up goes on at the measured rate, if it is that long. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** Returns the schedule of a case whose first request is due now. */
  static Schedule startingNow(LoadCase load, Clock clock) {
    long interval = load.intervalNanos();
    long settlingNanos = Math.min(SETTLING.toNanos(), load.warmup().toNanos());
    long hot = (load.warmup().toNanos() - settlingNanos) * HOT_FACTOR / interval;
    long warmup = hot + settlingNanos / interval;
    long measured = load.measure().toNanos() / interval;
    return new Schedule(clock, clock.nanos(), interval, hot, warmup, warmup + measured);
  }

  long dueNanos(long request) {
    long hot = Math.min(request, hotRequests);
    return startNanos + hot * intervalNanos / HOT_FACTOR + (request - hot) * intervalNanos;
  }

  boolean isMeasured(long request) {
    return request >= warmupRequests;
  }

  /** Parks the calling thread until the request is due; returns at once if it has been. */
  void await(long request) {
    long due = dueNanos(request);
    for (long wait = due - clock.nanos(); wait > 0; wait = due - clock.nanos()) {
      LockSupport.parkNanos(this, wait);
    }
  }
}
