package io.millrace.pipeline;

import io.millrace.component.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a refused sender should wait: short at first, longer while the process keeps refusing.
 *
 * <p>A hint is drawn evenly from 100 ms up to a ceiling, so that senders refused together do not
 * return together. The ceiling is how long refusals have gone on, at most 2 s; a pause of that
 * length between two refusals starts over. Thread safe; a race between refusals can only blur the
 * start of the overload.
 */
final class OverloadHint {
  static final long MIN_NANOS = Duration.ofMillis(100).toNanos();
  static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

  private final Clock clock;
  private final DoubleSupplier random;
  private volatile long firstRefusalNanos;
  private volatile long lastRefusalNanos;

  /** Creates a hint; {@code random} yields numbers from 0 inclusive to 1 exclusive. */
  OverloadHint(Clock clock, DoubleSupplier random) {
    this.clock = clock;
    this.random = random;
    this.lastRefusalNanos = clock.nanos() - MAX_NANOS;
  }

  /** Notes a refusal and returns what to tell its sender, in nanoseconds. */
  long nextNanos() {
    long now = clock.nanos();
    if (now - lastRefusalNanos >= MAX_NANOS) {
      firstRefusalNanos = now;
    }
    lastRefusalNanos = now;
    long ceiling = Math.clamp(now - firstRefusalNanos, 2 * MIN_NANOS, MAX_NANOS);
    return MIN_NANOS + (long) (random.getAsDouble() * (ceiling - MIN_NANOS));
  }
}
