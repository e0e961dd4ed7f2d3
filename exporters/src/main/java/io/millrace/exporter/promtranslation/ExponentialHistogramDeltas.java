package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ExponentialHistogramDataPointView;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
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
      return bytesBesideBuckets() + positive.bytes() + negative.bytes();
    }

    int bytesBesideBuckets() {
      return 6 * Long.BYTES;
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

  /** Of the point, once it has been checked. */
  private final BucketRange positive = new BucketRange();

  private final BucketRange negative = new BucketRange();

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
    if (rejection != null) {
      return rejection;
    }
    positive.find(point.positive(), point.scale());
    negative.find(point.negative(), point.scale());
    if (!positive.holdsDoubles() || !negative.holdsDoubles()) { // they would cost all the scale
      return Rejection.BUCKETS;
    }
    boolean isFine =
        Double.isFinite(point.sum()) && point.zeroThreshold() >= 0 && point.zeroThreshold() < 1e300;
    return isFine ? null : Rejection.INVALID_DELTA;
  }

  @Override
  public @Nullable Rejection checkWith(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    boolean fits = total.count + point.count() >= 0 && Double.isFinite(total.sum + point.sum());
    return fits ? null : Rejection.INVALID_DELTA;
  }

  @Override
  public DeltaStream newStream() {
    return new Histogram();
  }

  @Override
  public int valueBytesWith(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    int scale = scaleWith(total);
    int down = total.scale - scale;
    return total.bytesBesideBuckets()
        + total.positive.bytesWith(down, positive, scale)
        + total.negative.bytesWith(down, negative, scale);
  }

  @Override
  public void addTo(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    total.scaleDown(total.scale - scaleWith(total));
    int down = BucketRange.down(point.scale(), total.scale);
    total.positive.add(point.positive(), down);
    total.negative.add(point.negative(), down);
    total.count += point.count();
    total.sum += point.sum();
    total.zeroCount += point.zeroCount();
    total.widenZero(point.zeroThreshold());
  }

  /** Returns the highest scale at which there is room for both. */
  private int scaleWith(Histogram total) {
    int scale = Math.min(total.scale, point.scale());
    int down = total.scale - scale;
    return scale
        - Math.max(
            total.positive.furtherDown(down, positive, scale),
            total.negative.furtherDown(down, negative, scale));
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
