package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ExponentialHistogramDataPointView;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram of whole numbers, made from an exponential one.
 *
 * <p>Source: OpenTelemetry specification, Prometheus compatibility, exponential histograms;
 * Prometheus native histograms. Reusable. Confined to one thread.
 */
public final class NativeHistogram {
  /** What Prometheus takes where OTLP says nothing. */
  static final double ZERO_THRESHOLD = 1e-128;

  private static final int SCALE_MIN = -4;
  private static final int SCALE_MAX = 8;

  private final SparseBuckets positive = new SparseBuckets();
  private final SparseBuckets negative = new SparseBuckets();
  private long count;
  private long sumBits;
  private int schema;
  private double zeroThreshold;
  private long zeroCount;

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
    schema = Math.clamp(point.scale(), SCALE_MIN, SCALE_MAX);
    count = 0;
    sumBits = SampleValue.STALE;
    zeroThreshold = ZERO_THRESHOLD;
    zeroCount = 0;
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

  /** Resolution, -4 to 8. */
  public int schema() {
    return schema;
  }

  public double zeroThreshold() {
    return zeroThreshold;
  }

  public long zeroCount() {
    return zeroCount;
  }

  public SparseBuckets positive() {
    return positive;
  }

  public SparseBuckets negative() {
    return negative;
  }
}
