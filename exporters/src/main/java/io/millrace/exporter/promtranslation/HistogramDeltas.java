package io.millrace.exporter.promtranslation;

import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.MetricsTags.HistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.NumberCursor;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the points of classic histograms. Counts of other buckets cannot be added to those before
 * and start anew. Confined to one thread at a time.
 */
final class HistogramDeltas implements DeltaPoints {
  private static final Tags TAGS =
      new Tags(
          Metric.HISTOGRAM,
          HistogramDataPoint.ATTRIBUTES,
          HistogramDataPoint.EXEMPLARS,
          HistogramDataPoint.FLAGS);

  private static final class Histogram extends DeltaStream {
    boolean isEmpty = true;
    long count;
    boolean hasSum;
    double sum;
    double[] bounds = {};
    long[] counts = {};

    @Override
    int valueBytes() {
      return Long.BYTES * (2 + bounds.length + counts.length);
    }
  }

  private final HistogramDataPointView point = new HistogramDataPointView();

  @Override
  public HistogramDataPointView view() {
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
    return point.hasSum() && !Double.isFinite(point.sum()) ? Rejection.INVALID_DELTA : null;
  }

  @Override
  public DeltaStream newStream() {
    return new Histogram();
  }

  @Override
  public void addTo(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    if (!hasBucketsOf(total)) {
      if (!total.isEmpty) {
        total.restart();
      }
      begin(total);
    }
    total.count += point.count();
    total.hasSum &= point.hasSum();
    total.sum += point.sum();
    NumberCursor counts = point.bucketCounts();
    for (int i = 0; counts.next(); i++) {
      total.counts[i] += counts.longValue();
    }
  }

  private boolean hasBucketsOf(Histogram total) {
    NumberCursor bounds = point.explicitBounds();
    int i = 0;
    for (; bounds.next(); i++) {
      if (i == total.bounds.length || bounds.doubleValue() != total.bounds[i]) {
        return false;
      }
    }
    return !total.isEmpty
        && i == total.bounds.length
        && point.bucketCounts().size() == total.counts.length;
  }

  /** Takes the point's bounds, and forgets what was counted. */
  private void begin(Histogram total) {
    total.isEmpty = false;
    total.count = 0;
    total.hasSum = true;
    total.sum = 0;
    total.counts = new long[point.bucketCounts().size()];
    NumberCursor bounds = point.explicitBounds();
    total.bounds = new double[bounds.size()];
    for (int i = 0; bounds.next(); i++) {
      total.bounds[i] = bounds.doubleValue();
    }
  }

  @Override
  public void write(DeltaStream stream, ByteAppender out) {
    Histogram total = (Histogram) stream;
    out.putFixed64Field(HistogramDataPoint.COUNT, total.count);
    if (total.hasSum) {
      out.putFixed64Field(HistogramDataPoint.SUM, Double.doubleToRawLongBits(total.sum));
    }
    out.put(HistogramDataPoint.BUCKET_COUNTS);
    out.putVarint((long) Long.BYTES * total.counts.length);
    for (long count : total.counts) {
      out.putFixed64(count);
    }
    out.put(HistogramDataPoint.EXPLICIT_BOUNDS);
    out.putVarint((long) Long.BYTES * total.bounds.length);
    for (double bound : total.bounds) {
      out.putFixed64(Double.doubleToRawLongBits(bound));
    }
  }
}
