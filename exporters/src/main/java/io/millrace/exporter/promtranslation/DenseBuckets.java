package io.millrace.exporter.promtranslation;

import io.millrace.pdata.BucketsView;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint.Buckets;
import io.millrace.pdata.NumberCursor;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * One half of an exponential histogram that is added up: the counts of neighbouring buckets.
 *
 * <p>Bucket {@code i} at scale {@code s} holds what lies above {@code base^i} up to {@code
 * base^(i+1)}, base being {@code 2^(2^-s)}; one scale lower, two of them are one. Reusable.
 * Confined to one thread at a time.
 */
final class DenseBuckets {
  /** As many as SDKs keep. At the lowest scale of Prometheus, -4, every double has one in 132. */
  static final int BUCKETS_MAX = 160;

  private long[] counts = {};
  private long first;
  private int size;

  /** What they take in memory, in bytes. */
  int bytes() {
    return Long.BYTES * counts.length;
  }

  /**
   * Returns by how much the scale of both must be lowered further to hold what is here, {@code
   * down} scales lower than it is, and others.
   */
  int furtherDown(int down, BucketRange others, int scale) {
    if (others.isEmpty()) {
      return 0;
    }
    long low = low(down, others.first(scale));
    long high = high(down, others.last(scale));
    int further = 0;
    while ((high >> further) - (low >> further) >= BUCKETS_MAX) {
      further++;
    }
    return further;
  }

  /** Returns how many bytes they would take with others, {@code down} scales lower. */
  int bytesWith(int down, BucketRange others, int scale) {
    if (others.isEmpty()) {
      return bytes();
    }
    long needed = high(down, others.last(scale)) - low(down, others.first(scale)) + 1;
    return Math.max(bytes(), Long.BYTES * roomFor(Math.toIntExact(needed)));
  }

  private long low(int down, long other) {
    return size == 0 ? other : Math.min(first >> down, other);
  }

  private long high(int down, long other) {
    return size == 0 ? other : Math.max((first + size - 1) >> down, other);
  }

  private static int roomFor(int needed) {
    return Math.max(needed, Math.min(2 * needed, BUCKETS_MAX));
  }

  /** Adds up those that fall together {@code down} scales lower. */
  void scaleDown(int down) {
    if (down == 0 || size == 0) {
      return;
    }
    long lower = first >> down;
    for (int i = 0; i < size; i++) {
      long count = counts[i];
      counts[i] = 0;
      counts[(int) (((first + i) >> down) - lower)] += count;
    }
    size = (int) (((first + size - 1) >> down) - lower) + 1;
    first = lower;
  }

  /** Adds a point's counts, {@code down} scales lower than they are; there must be room. */
  void add(BucketsView point, int down) {
    NumberCursor added = point.bucketCounts();
    long offset = point.offset();
    for (long i = 0; added.next(); i++) {
      if (added.longValue() != 0) {
        add((offset + i) >> down, added.longValue());
      }
    }
  }

  private void add(long index, long count) {
    if (size == 0) {
      first = index;
    }
    long low = Math.min(first, index);
    long high = Math.max(first + size - 1, index);
    int needed = Math.toIntExact(high - low + 1);
    if (needed > counts.length) {
      counts = Arrays.copyOf(counts, roomFor(needed));
    }
    if (low < first) {
      int shift = (int) (first - low);
      System.arraycopy(counts, 0, counts, shift, size);
      Arrays.fill(counts, 0, Math.min(shift, size), 0);
    }
    first = low;
    size = needed;
    counts[(int) (index - low)] += count;
  }

  /**
   * Returns the upper end of the buckets that reach below a value, that value if there are none.
   */
  double upperEnd(double threshold, int scale) {
    double end = threshold;
    for (int i = 0; i < size && bound(first + i, scale) < threshold; i++) {
      end = counts[i] == 0 ? end : Math.max(end, bound(first + i + 1, scale));
    }
    return end;
  }

  /** Takes out the counts of the buckets that begin below a value, and returns their sum. */
  long takeBelow(double threshold, int scale) {
    long taken = 0;
    int cut = 0;
    while (cut < size && bound(first + cut, scale) < threshold) {
      taken += counts[cut++];
    }
    System.arraycopy(counts, cut, counts, 0, size - cut);
    Arrays.fill(counts, size - cut, size, 0);
    first += cut;
    size -= cut;
    return taken;
  }

  private static double bound(long index, int scale) {
    return Math.pow(2, Math.scalb((double) index, -scale));
  }

  /** Appends the message {@code Buckets}. */
  void write(int tag, ByteAppender out) {
    out.put(tag);
    int message = out.beginMessage();
    out.put(Buckets.OFFSET);
    out.putVarint((first << 1) ^ (first >> 63));
    out.put(Buckets.BUCKET_COUNTS);
    int packed = out.beginMessage();
    for (int i = 0; i < size; i++) {
      out.putVarint(counts[i]);
    }
    out.endMessage(packed);
    out.endMessage(message);
  }
}
