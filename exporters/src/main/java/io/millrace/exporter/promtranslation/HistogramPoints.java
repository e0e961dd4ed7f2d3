package io.millrace.exporter.promtranslation;

import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.NumberCursor;
import org.jspecify.annotations.Nullable;

/**
 * Translates points of classic histograms: {@code _sum}, {@code _count}, and {@code _bucket} with
 * counts that add up. Confined to one thread.
 */
final class HistogramPoints implements PointTranslator {
  private final HistogramDataPointView point = new HistogramDataPointView();
  private final PointSeries points;
  private final Exemplars exemplars;
  private final BoundLabels bounds;

  HistogramPoints(PointSeries points, Exemplars exemplars, boolean openMetricsBounds) {
    this.points = points;
    this.exemplars = exemplars;
    this.bounds = new BoundLabels("le", openMetricsBounds);
  }

  @Override
  public HistogramDataPointView view() {
    return point;
  }

  @Override
  public @Nullable Rejection translate(MetricFamily family) {
    Rejection rejection = points.start(family, point.attributes(), point.timeUnixNano());
    if (rejection != null) {
      return rejection;
    }
    long time = PointSeries.millis(point.timeUnixNano());
    long start = PointSeries.millis(point.startTimeUnixNano());
    boolean isStale = PointSeries.isStale(point.flags());
    long count = isStale ? SampleValue.STALE : SampleValue.bits(point.count());
    SeriesSink sink = points.sink();
    if (point.hasSum()) {
      long sum = isStale ? SampleValue.STALE : SampleValue.bits(point.sum());
      sink.sample(points.series.named(family.sum), time, start, sum);
    }
    sink.sample(points.series.named(family.count), time, start, count);
    exemplars.read(point.exemplars(), time);
    buckets(family, time, start, isStale);
    sink.sample(
        points.series.withBound(family.bucket, bounds.of(Double.POSITIVE_INFINITY)),
        time,
        start,
        count);
    exemplars.emitRest(sink);
    points.created(family, time, point.startTimeUnixNano());
    return null;
  }

  private void buckets(MetricFamily family, long time, long start, boolean isStale) {
    SeriesSink sink = points.sink();
    NumberCursor upper = point.explicitBounds();
    NumberCursor counts = point.bucketCounts();
    long below = 0;
    while (upper.next() && counts.next()) {
      below += counts.longValue();
      double bound = upper.doubleValue();
      long value = isStale ? SampleValue.STALE : SampleValue.bits(below);
      sink.sample(points.series.withBound(family.bucket, bounds.of(bound)), time, start, value);
      exemplars.emitUpTo(bound, sink);
    }
  }
}
