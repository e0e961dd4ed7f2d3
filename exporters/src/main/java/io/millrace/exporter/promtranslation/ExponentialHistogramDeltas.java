package io.millrace.exporter.promtranslation;

import io.millrace.pdata.BucketsView;
import io.millrace.pdata.ExponentialHistogramDataPointView;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.NumberCursor;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the points of exponential histograms, at the lowest of their scales or as much lower as
 * the range of their values needs. Of two zero thresholds the higher counts: what lies below it is
 * counted as zero. Confined to one thread at a time.
 *
 * <p>Source: OpenTelemetry specification, metrics data model, exponential histogram.
 */
final class ExponentialHistogramDeltas implements DeltaPoints {
  /** Native histograms have no higher one. */
  private static final int SCALE_MAX = 8;

  private static final Tags TAGS =
      new Tags(
          Metric.EXPONENTIAL_HISTOGRAM,
          ExponentialHistogramDataPoint.ATTRIBUTES,
          ExponentialHistogramDataPoint.EXEMPLARS,
          ExponentialHistogramDataPoint.FLAGS);

  private static final class Histogram extends DeltaStream {
    long count;
    double sum;
    int scale = SCALE_MAX;
    long zeroCount;
    double zeroThreshold;
    final DenseBuckets positive = new DenseBuckets();
    final DenseBuckets negative = new DenseBuckets();

    @Override
    int valueBytes() {
      return 6 * Long.BYTES + positive.bytes() + negative.bytes();
    }

    void scaleDown(int down) {
      scale -= down;
      positive.scaleDown(down);
      negative.scaleDown(down);
    }

    void widenZero(double threshold) {
      double wider = Math.max(zeroThreshold, threshold);
      if (wider == 0) {
        return;
      }
      wider = Math.max(positive.upperEnd(wider, scale), negative.upperEnd(wider, scale));
      zeroCount += positive.takeBelow(wider, scale) + negative.takeBelow(wider, scale);
      zeroThreshold = wider;
    }
  }

  private final ExponentialHistogramDataPointView point = new ExponentialHistogramDataPointView();
  private final NativeHistogram checked = new NativeHistogram();

  /** The ends of the range that {@link #findRange} found. */
  private long low;

  private long high;

  @Override
  public ExponentialHistogramDataPointView view() {
    return point;
  }

  @Override
  public RangeCursor exemplars() {
    return point.exemplars();
  }

  @Override
  public Tags tags() {
    return TAGS;
  }

  @Override
  public @Nullable Rejection check(boolean isMonotonic) {
    Rejection rejection = checked.read(point);
    boolean isFine =
        Double.isFinite(point.sum()) && point.zeroThreshold() >= 0 && point.zeroThreshold() < 1e300;
    return rejection == null && !isFine ? Rejection.INVALID_DELTA : rejection;
  }

  @Override
  public DeltaStream newStream() {
    return new Histogram();
  }

  @Override
  public void addTo(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    total.scaleDown(Math.max(0, total.scale - point.scale()));
    total.scaleDown(Math.max(neededDown(total, true), neededDown(total, false)));
    int down = Math.min(point.scale() - total.scale, Long.SIZE - 1);
    total.positive.add(point.positive(), down);
    total.negative.add(point.negative(), down);
    total.count += point.count();
    total.sum += point.sum();
    total.zeroCount += point.zeroCount();
    total.widenZero(point.zeroThreshold());
  }

  /** Returns by how much the scale must be lowered to hold one half of the point as well. */
  private int neededDown(Histogram total, boolean isPositive) {
    findRange(isPositive ? point.positive() : point.negative());
    int down = Math.min(point.scale() - total.scale, Long.SIZE - 1);
    DenseBuckets half = isPositive ? total.positive : total.negative;
    return low > high ? 0 : half.scaleDown(low >> down, high >> down);
  }

  /** Finds the first and last bucket with something in it; the first lies behind if none has. */
  private void findRange(BucketsView buckets) {
    low = Long.MAX_VALUE;
    high = Long.MIN_VALUE;
    NumberCursor counts = buckets.bucketCounts();
    for (long index = buckets.offset(); counts.next(); index++) {
      if (counts.longValue() != 0) {
        low = Math.min(low, index);
        high = index;
      }
    }
  }

  @Override
  public void write(DeltaStream stream, ByteAppender out) {
    Histogram total = (Histogram) stream;
    out.putFixed64Field(ExponentialHistogramDataPoint.COUNT, total.count);
    out.putFixed64Field(ExponentialHistogramDataPoint.SUM, Double.doubleToRawLongBits(total.sum));
    out.put(ExponentialHistogramDataPoint.SCALE);
    out.putVarint((total.scale << 1) ^ (total.scale >> 31));
    out.putFixed64Field(ExponentialHistogramDataPoint.ZERO_COUNT, total.zeroCount);
    out.putFixed64Field(
        ExponentialHistogramDataPoint.ZERO_THRESHOLD,
        Double.doubleToRawLongBits(total.zeroThreshold));
    total.positive.write(ExponentialHistogramDataPoint.POSITIVE, out);
    total.negative.write(ExponentialHistogramDataPoint.NEGATIVE, out);
  }
}
