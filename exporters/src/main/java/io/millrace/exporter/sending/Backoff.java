package io.millrace.exporter.sending;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Computes how long a batch waits for its next attempt. Thread safe. */
final class Backoff {
  /** A backend's hint is a request, not a command: a mistaken one must not hold data for a day. */
  private static final long HINT_NANOS_MAX = Duration.ofMinutes(10).toNanos();

  /** Spreads senders that were given the same hint in the same moment. */
  private static final double HINT_JITTER = 0.2;

  private final RetryConfig config;
  private final DoubleSupplier random;

  /** Creates a policy; {@code random} yields numbers from 0 inclusive to 1 exclusive. */
  Backoff(RetryConfig config, DoubleSupplier random) {
    this.config = config;
    this.random = random;
  }

  /**
   * Returns the wait in nanoseconds.
   *
   * @param failures attempts that failed so far, at least 1
   * @param hintNanos least wait the backend asked for, or 0
   */
  long delayNanos(int failures, long hintNanos) {
    return Math.max(jittered(meanNanos(failures)), spread(hintNanos));
  }

  /** Returns the wait in nanoseconds without hint and jitter. */
  double meanNanos(int failures) {
    double grown = config.initialInterval().toNanos() * Math.pow(config.multiplier(), failures - 1);
    return Math.min(grown, (double) config.maxInterval().toNanos());
  }

  private long jittered(double mean) {
    double stray = config.randomizationFactor() * (2 * random.getAsDouble() - 1);
    return (long) (mean * (1 + stray));
  }

  private long spread(long hintNanos) {
    long hint = Math.min(hintNanos, HINT_NANOS_MAX);
    return hint <= 0 ? 0 : (long) (hint * (1 + HINT_JITTER * random.getAsDouble()));
  }
}
