package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ExponentialHistogramDataPointView;
import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.NumberCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram of whole numbers, made from an exponential one, or with the buckets of a
 * classic one.
 *
 * <p>Source: OpenTelemetry specification, Prometheus compatibility, exponential histograms;
 * Prometheus native histograms. Reusable. Confined to one thread.
 */
public final class NativeHistogram {
  /** What Prometheus takes where OTLP says nothing. */
  static final double ZERO_THRESHOLD = 1e-128;

  /** The schema of a histogram whose buckets have bounds of their own. */
  public static final int CUSTOM_BUCKETS = -53;

  private static final int SCALE_MIN = -4;
  private static final int SCALE_MAX = 8;

  private final SparseBuckets positive = new SparseBuckets();
  private final SparseBuckets negative = new SparseBuckets();
  private long count;
  private long sumBits;
  private int schema;
  private double zeroThreshold;
  private long zeroCount;
  private double[] bounds = new double[16];
  private int boundCount;

  NativeHistogram() {}

  /** Takes a point; returns why it cannot be one of these, or {@code null}. */
  @Nullable Rejection read(ExponentialHistogramDataPointView point) {
    int scale = point.scale();
    if (scale < SCALE_MIN) {
      return Rejection.SCALE;
    }
    if (!point.hasSum()) {
      return Rejection.NO_SUM;
    }
    boundCount = 0;
    schema = Math.min(scale, SCALE_MAX);
    int scaleDown = Math.min(scale - schema, Long.SIZE - 1);
    count = point.count();
    sumBits = SampleValue.bits(point.sum());
    zeroThreshold = point.zeroThreshold() == 0 ? ZERO_THRESHOLD : point.zeroThreshold();
    zeroCount = point.zeroCount();
    boolean fits = positive.read(point.positive(), scaleDown);
    fits &= negative.read(point.negative(), scaleDown);
    return fits && isConsistent(point.sum()) ? null : Rejection.BUCKETS;
  }

  /** Takes a point with its own buckets; returns why it cannot be one of these, or {@code null}. */
  @Nullable Rejection read(HistogramDataPointView point) {
    if (!point.hasSum()) {
      return Rejection.NO_SUM;
    }
    clear(CUSTOM_BUCKETS);
    count = point.count();
    sumBits = SampleValue.bits(point.sum());
    zeroThreshold = 0;
    NumberCursor counts = point.bucketCounts();
    int buckets = counts.size();
    boolean fits = readBounds(point.explicitBounds()) && buckets == boundCount + 1;
    if (buckets == 0 && boundCount == 0) {
      fits = true;
      positive.readOne(count);
    } else {
      fits &= positive.readClassic(counts);
    }
    return fits && isConsistent(point.sum()) ? null : Rejection.BUCKETS;
  }

  /** Returns whether each is above the one before, and the last one finite. */
  private boolean readBounds(NumberCursor all) {
    boolean areFine = true;
    double last = Double.NEGATIVE_INFINITY;
    while (all.next()) {
      if (boundCount == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * boundCount);
      }
      double bound = all.doubleValue();
      areFine &= bound > last && bound < Double.POSITIVE_INFINITY;
      bounds[boundCount++] = bound;
      last = bound;
    }
    return areFine;
  }

  /** Prometheus refuses the whole request otherwise. With a sum of NaN some may be uncounted. */
  private boolean isConsistent(double sum) {
    long inBuckets = zeroCount + positive.total() + negative.total();
    if (zeroCount < 0 || inBuckets < 0 || count < 0) {
      return false;
    }
    return Double.isNaN(sum) ? inBuckets <= count : inBuckets == count;
  }

  /** Becomes the marker of a series that has ended. */
  void stale(ExponentialHistogramDataPointView point) {
    clear(Math.clamp(point.scale(), SCALE_MIN, SCALE_MAX));
  }

  /** Does the same for one with buckets of its own. */
  void staleCustom() {
    clear(CUSTOM_BUCKETS);
  }

  private void clear(int newSchema) {
    schema = newSchema;
    count = 0;
    sumBits = SampleValue.STALE;
    zeroThreshold = ZERO_THRESHOLD;
    zeroCount = 0;
    boundCount = 0;
    positive.clear();
    negative.clear();
  }

  public long count() {
    return count;
  }

  /** The bits of the sum, which is a double. */
  public long sumBits() {
    return sumBits;
  }

  /** Resolution, -4 to 8, or {@link #CUSTOM_BUCKETS}. */
  public int schema() {
    return schema;
  }

  public double zeroThreshold() {
    return zeroThreshold;
  }

  public long zeroCount() {
    return zeroCount;
  }

  /** Number of bounds of custom buckets; the last bucket has none. */
  public int bounds() {
    return boundCount;
  }

  /** Upper bound of a custom bucket. */
  public double bound(int bucket) {
    return bounds[bucket];
  }

  public SparseBuckets positive() {
    return positive;
  }

  public SparseBuckets negative() {
    return negative;
  }
}
