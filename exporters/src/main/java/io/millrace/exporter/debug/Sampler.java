package io.millrace.exporter.debug;

import java.util.concurrent.TimeUnit;

/**
 * Takes the first few of every second, then every n-th, as the collector's logger does. Guarded by
 * its exporter.
 */
final class Sampler {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int initial;
  private final int thereafter;
  private long windowStartNanos;
  private long count;

  Sampler(int initial, int thereafter) {
    this.initial = initial;
    this.thereafter = thereafter;
  }

  /** Counts one, and returns whether to take it. */
  boolean take(long nowNanos) {
    if (count == 0 || nowNanos - windowStartNanos >= WINDOW_NANOS) {
      windowStartNanos = nowNanos;
      count = 0;
    }
    count++;
    long beyond = count - initial;
    return beyond <= 0 || (thereafter > 0 && beyond % thereafter == 0);
  }
}
