package io.millrace.transport;

import java.time.Duration;

/**
 * Whether a sender keeps up with what it began: a time for the whole body, and a number of bytes in
 * every stretch of it, so that a body that began well cannot be held open by a trickle.
 *
 * <p>Knows no clock; confined to whoever checks.
 */
public final class BodyPace {
  /** How long a sender may be slow before it counts. */
  static final long STRETCH_NANOS = Duration.ofSeconds(10).toNanos();

  private static final double NANOS_PER_SECOND = 1e9;

  private final BodyPaceLimits limits;
  private final long beganNanos;
  private long stretchBeganNanos;
  private long stretchBytes;

  /** Begins a body. */
  public BodyPace(BodyPaceLimits limits, long nowNanos) {
    this.limits = limits;
    beganNanos = nowNanos;
    stretchBeganNanos = nowNanos;
  }

  /**
   * Returns whether the sender is too slow; to be asked every few seconds.
   *
   * @param bytes how many have come since the beginning
   */
  public boolean isTooSlow(long nowNanos, long bytes) {
    long totalNanos = limits.total().toNanos();
    if (totalNanos > 0 && nowNanos - beganNanos > totalNanos) {
      return true;
    }
    long stretchNanos = nowNanos - stretchBeganNanos;
    if (stretchNanos < STRETCH_NANOS) {
      return false;
    }
    double expectedBytes = limits.bytesPerSecond() * (stretchNanos / NANOS_PER_SECOND);
    boolean isTooSlow = bytes - stretchBytes < expectedBytes;
    stretchBeganNanos = nowNanos;
    stretchBytes = bytes;
    return isTooSlow;
  }
}
