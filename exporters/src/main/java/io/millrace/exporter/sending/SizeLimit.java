package io.millrace.exporter.sending;

import java.time.Duration;

/**
 * Learns from an endpoint's answers how large a request may be, so that what is larger is cut
 * before it is sent in vain.
 *
 * <p>Nothing is believed before a smaller request was taken, for a proxy may find everything too
 * large; and what was learned is forgotten after a while, for limits are raised. Thread safe.
 */
final class SizeLimit {
  private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int BYTES_MIN = 64 * 1024;
  private static final double MARGIN = 0.9;

  private int bytesMax = Integer.MAX_VALUE;
  private boolean isConfirmed;
  private long learnedNanos;

  /** Returns whether a request is known to be too large. */
  synchronized boolean isExceededBy(int bytes, long nowNanos) {
    if (isConfirmed && nowNanos - learnedNanos > MEMORY_NANOS) {
      forget();
    }
    return isConfirmed && bytes > bytesMax;
  }

  /** Notes that the endpoint found a request too large. */
  synchronized void tooLarge(int bytes, long nowNanos) {
    bytesMax = Math.min(bytesMax, Math.max(BYTES_MIN, (int) (MARGIN * bytes)));
    learnedNanos = nowNanos;
  }

  /** Notes that the endpoint took a request. */
  synchronized void taken(int bytes) {
    if (bytesMax == Integer.MAX_VALUE) {
      return;
    }
    if (bytes > bytesMax / MARGIN) {
      forget(); // it was not the size
    } else {
      isConfirmed = true;
    }
  }

  private void forget() {
    bytesMax = Integer.MAX_VALUE;
    isConfirmed = false;
  }
}
