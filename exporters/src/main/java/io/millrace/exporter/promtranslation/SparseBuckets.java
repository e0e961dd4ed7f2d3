package io.millrace.exporter.promtranslation;

import io.millrace.pdata.BucketsView;
import io.millrace.pdata.NumberCursor;
import java.util.Arrays;

/**
 * One half of a native histogram: spans of buckets, and the counts as differences.
 *
 * <p>Made from the dense buckets of an exponential histogram: buckets that fall together at the
 * lower resolution are added up first, and only then is what is empty left out. Up to {@value
 * #GAP_MAX} empty buckets in a row stay in a span, since a new span costs as much.
 *
 * <p>Reusable through {@link #read}. Confined to one thread.
 */
public final class SparseBuckets {
  private static final int GAP_MAX = 2;

  private int[] spanOffsets = new int[8];
  private int[] spanLengths = new int[8];
  private int spans;
  private long[] deltas = new long[64];
  private int buckets;
  private long total;
  private long previousCount;
  private long nextIndex;
  private boolean overflows;

  SparseBuckets() {}

  void clear() {
    spans = 0;
    buckets = 0;
    total = 0;
    previousCount = 0;
    nextIndex = 0;
    overflows = false;
  }

  /**
   * Reads dense buckets.
   *
   * @param scaleDown by how many powers of two to lower the resolution
   * @return false when an index does not fit into 32 bits or the sum into 63
   */
  boolean read(BucketsView dense, int scaleDown) {
    return read(dense.bucketCounts(), dense.offset(), scaleDown);
  }

  /**
   * Reads the buckets of a classic histogram, which are counted from 0.
   *
   * @return false when the sum does not fit into 63 bits
   */
  boolean readClassic(NumberCursor counts) {
    return read(counts, -1, 0);
  }

  /** Becomes one bucket that holds all. */
  void readOne(long count) {
    clear();
    add(0, count);
  }

  private boolean read(NumberCursor counts, long offset, int scaleDown) {
    clear();
    long index = 0;
    long merged = 0;
    for (long i = 0; counts.next(); i++) {
      // Prometheus counts buckets by their upper bound, OTLP by their lower one.
      long bucket = ((offset + i) >> scaleDown) + 1;
      if (bucket != index || i == 0) {
        add(index, merged);
        merged = 0;
        index = bucket;
      }
      merged += counts.longValue();
      overflows |= merged < 0 || counts.longValue() < 0;
    }
    add(index, merged);
    return !overflows;
  }

  private void add(long index, long count) {
    if (count == 0) {
      return;
    }
    overflows |= index != (int) index;
    long gap = index - nextIndex;
    if (spans == 0 || gap > GAP_MAX) {
      addSpan((int) gap);
    } else {
      for (long i = 0; i < gap; i++) {
        addBucket(0);
      }
    }
    addBucket(count);
    nextIndex = index + 1;
    total += count;
    overflows |= total < 0;
  }

  private void addSpan(int offset) {
    if (spans == spanOffsets.length) {
      spanOffsets = Arrays.copyOf(spanOffsets, 2 * spans);
      spanLengths = Arrays.copyOf(spanLengths, 2 * spans);
    }
    spanOffsets[spans] = offset;
    spanLengths[spans] = 0;
    spans++;
  }

  private void addBucket(long count) {
    if (buckets == deltas.length) {
      deltas = Arrays.copyOf(deltas, 2 * buckets);
    }
    deltas[buckets++] = count - previousCount;
    previousCount = count;
    spanLengths[spans - 1]++;
  }

  /** Number of spans. */
  public int spans() {
    return spans;
  }

  /** Distance from the end of the span before; of the first span the index of its first bucket. */
  public int spanOffset(int span) {
    return spanOffsets[span];
  }

  /** Number of buckets in the span. */
  public int spanLength(int span) {
    return spanLengths[span];
  }

  /** Number of buckets in all spans. */
  public int buckets() {
    return buckets;
  }

  /** Difference to the count of the bucket before; of the first bucket its count. */
  public long delta(int bucket) {
    return deltas[bucket];
  }

  /** Sum of the counts. */
  long total() {
    return total;
  }
}
