package io.millrace.ring;

import io.millrace.component.Clock;
import io.millrace.telemetry.Counter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures and logs at most one of them per interval, so that bad data cannot fill the disk.
 *
 * <p>Confined to the ring thread.
 */
final class FailureLog {
  static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

  private final String ring;
  private final Counter counter;
  private final Clock clock;
  private long unlogged;
  private long nextNanos;

  FailureLog(String ring, Counter counter, Clock clock) {
    this.ring = ring;
    this.counter = counter;
    this.clock = clock;
    this.nextNanos = clock.nanos();
  }

  /** Counts one failure; returns whether it was logged. */
  boolean note(Throwable failure) {
    counter.add(1);
    long now = clock.nanos();
    if (now - nextNanos < 0) {
      unlogged++;
      return false;
    }
    logger.error("ring {}: a batch or tick failed, {} more unlogged", ring, unlogged, failure);
    unlogged = 0;
    nextNanos = now + INTERVAL_NANOS;
    return true;
  }
}
