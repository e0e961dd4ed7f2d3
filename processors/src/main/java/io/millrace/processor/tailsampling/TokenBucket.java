package io.millrace.processor.tailsampling;

/**
 * A rate with a burst: starts full, and fills up as time passes. Confined to the ring thread.
 *
 * <p>Source: the token bucket as in Go's {@code x/time/rate}.
 */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final double capacity;
  private double tokens;
  private long filledNanos;
  private boolean isStarted;

  /** Creates a full bucket; a {@code burst} of 0 is twice the rate. */
  TokenBucket(long perSecond, long burst) {
    this.perNano = perSecond / NANOS_PER_SECOND;
    this.capacity = burst == 0 ? 2.0 * perSecond : burst;
    this.tokens = capacity;
  }

  /** Fills the bucket up to now. */
  void fill(long nanos) {
    if (isStarted) {
      tokens = Math.min(capacity, tokens + (nanos - filledNanos) * perNano);
    }
    isStarted = true;
    filledNanos = nanos;
  }

  /** Returns whether a full bucket has so much. */
  boolean canHold(long amount) {
    return amount <= capacity;
  }

  /** Takes all of {@code amount} or nothing. */
  boolean tryTake(long amount) {
    if (amount > tokens) {
      return false;
    }
    tokens -= amount;
    return true;
  }
}
