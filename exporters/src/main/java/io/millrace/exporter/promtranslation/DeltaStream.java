package io.millrace.exporter.promtranslation;

/**
 * What the deltas of one series add up to. Confined to one thread at a time.
 *
 * <p>Times given out go up by a millisecond at least, since Prometheus takes one value of a series
 * per millisecond: a delta that comes late counts from just after the latest one.
 */
abstract class DeltaStream {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How far times may run ahead of those of the points, when these are too many. */
  private static final long AHEAD_MILLIS_MAX = 60_000;

  private long startUnixNano;
  private long lastMillis;
  private long latestPointMillis;
  long updatedNanos;
  long chargedBytes;

  /** What the values take in memory, in bytes. */
  abstract int valueBytes();

  final void start(long unixNano) {
    startUnixNano = unixNano;
  }

  /** Starts anew behind what was given out so far, since the values do not go on. */
  final void restart() {
    startUnixNano = lastMillis * NANOS_PER_MILLI;
  }

  /** Since when the values count, 0 for unknown. */
  final long startUnixNano() {
    return startUnixNano;
  }

  /** Returns whether a point of that time, too, would get a time that is nearly its own. */
  final boolean hasTimeFor(long unixNano) {
    long latest = Math.max(latestPointMillis, PointSeries.millis(unixNano));
    return lastMillis - latest < AHEAD_MILLIS_MAX;
  }

  /** Returns the time under which a point of that time is given out, and takes it. */
  final long advance(long unixNano) {
    long millis = PointSeries.millis(unixNano);
    latestPointMillis = Math.max(latestPointMillis, millis);
    boolean isLate = millis <= lastMillis;
    lastMillis = isLate ? lastMillis + 1 : millis;
    return isLate ? lastMillis * NANOS_PER_MILLI : unixNano;
  }
}
