package io.millrace.exporter.promtranslation;

import io.millrace.pdata.BucketsView;
import io.millrace.pdata.NumberCursor;

/**
 * The first and the last bucket of one half of an exponential histogram that have something in
 * them. Confined to one thread at a time.
 */
final class BucketRange {
  /** Doubles lie between 2 to the power of these. */
  private static final int EXPONENT_MIN = -1075;

  private static final int EXPONENT_MAX = 1024;

  private int scale;
  private boolean isEmpty = true;
  private long first;
  private long last;

  void find(BucketsView buckets, int itsScale) {
    scale = itsScale;
    isEmpty = true;
    NumberCursor counts = buckets.bucketCounts();
    for (long index = buckets.offset(); counts.next(); index++) {
      if (counts.longValue() != 0) {
        first = isEmpty ? index : first;
        last = index;
        isEmpty = false;
      }
    }
  }

  /** Returns whether a double lies in the first and in the last one. */
  boolean holdsDoubles() {
    return isEmpty
        || (Math.scalb((double) (first + 1), -scale) > EXPONENT_MIN
            && Math.scalb((double) last, -scale) < EXPONENT_MAX);
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /** Returns the index of the first one at a scale that is not above its own. */
  long first(int atScale) {
    return first >> down(scale, atScale);
  }

  /** Returns the index of the last one at a scale that is not above its own. */
  long last(int atScale) {
    return last >> down(scale, atScale);
  }

  /** Returns by how much one scale is below another, as far as it makes a difference. */
  static int down(int from, int to) {
    return (int) Math.min((long) from - to, Long.SIZE - 1);
  }
}
