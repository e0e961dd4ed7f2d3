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
 * and start anew, and so does a series that had no sum when one comes. Confined to one thread at a
 * time.
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
      return bytes(bounds.length, counts.length);
    }
  }

  private static int bytes(int bounds, int counts) {
    return Long.BYTES * (2 + bounds + counts);
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
    if (point.hasSum() && !Double.isFinite(point.sum())) {
      return Rejection.INVALID_DELTA;
    }
    return hasBounds() && hasCounts() ? null : Rejection.BUCKETS;
  }

  /** Returns whether each is above the one before. */
  private boolean hasBounds() {
    NumberCursor bounds = point.explicitBounds();
    boolean areFine = true;
    for (double last = Double.NEGATIVE_INFINITY; bounds.next(); last = bounds.doubleValue()) {
      areFine &= bounds.doubleValue() > last;
    }
    return areFine;
  }

  /** Returns whether there is a bucket around each bound, or none, and they are the count. */
  private boolean hasCounts() {
    NumberCursor counts = point.bucketCounts();
    int buckets = counts.size();
    if (buckets == 0) {
      return point.count() >= 0 && point.explicitBounds().size() == 0;
    }
    long left = point.count();
    boolean areFine = buckets == point.explicitBounds().size() + 1;
    while (counts.next()) {
      areFine &= counts.longValue() >= 0 && counts.longValue() <= left;
      left -= counts.longValue();
    }
    return areFine && left == 0;
  }

  @Override
  public @Nullable Rejection checkWith(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    if (!goesOn(total)) {
      return null;
    }
    if (total.hasSum && !point.hasSum()) {
      return Rejection.NO_SUM;
    }
    boolean fits = total.count + point.count() >= 0 && Double.isFinite(total.sum + point.sum());
    return fits ? null : Rejection.INVALID_DELTA;
  }

  @Override
  public int valueBytesWith(DeltaStream stream) {
    return bytes(point.explicitBounds().size(), point.bucketCounts().size());
  }

  @Override
  public DeltaStream newStream() {
    return new Histogram();
  }

  @Override
  public void addTo(DeltaStream stream) {
    Histogram total = (Histogram) stream;
    if (!goesOn(total)) {
      if (!total.isEmpty) {
        total.restart();
      }
      begin(total);
    }
    total.count += point.count();
    total.sum += point.sum();
    NumberCursor counts = point.bucketCounts();
    for (int i = 0; counts.next(); i++) {
      total.counts[i] += counts.longValue();
    }
  }

  private boolean goesOn(Histogram total) {
    return hasBucketsOf(total) && (total.hasSum || !point.hasSum());
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
    total.hasSum = point.hasSum();
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
