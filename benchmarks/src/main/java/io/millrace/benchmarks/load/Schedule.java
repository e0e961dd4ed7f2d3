package io.millrace.benchmarks.load;

import io.millrace.component.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * When each request is meant to be sent, whatever became of the others: latency counts from there,
 * so that a stalled system cannot hide its stall by slowing the generator down. Immutable.
 *
 * @param startNanos of {@code clock}, when request 0 is due
 * @param intervalNanos between two requests
 * @param warmupRequests how many go before those that count
 * @param requests how many there are, with the warm-up
 */
record Schedule(
    Clock clock, long startNanos, long intervalNanos, long warmupRequests, long requests) {
  /** Returns the schedule of a case whose first request is due now. */
  static Schedule startingNow(LoadCase load, Clock clock) {
    long interval = load.intervalNanos();
    long warmup = load.warmup().toNanos() / interval;
    long measured = load.measure().toNanos() / interval;
    return new Schedule(clock, clock.nanos(), interval, warmup, warmup + measured);
  }

  long dueNanos(long request) {
    return startNanos + request * intervalNanos;
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
