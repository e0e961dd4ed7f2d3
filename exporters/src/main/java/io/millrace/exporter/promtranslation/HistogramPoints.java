package io.millrace.exporter.promtranslation;

import io.millrace.pdata.HistogramDataPointView;
import io.millrace.pdata.NumberCursor;
import org.jspecify.annotations.Nullable;

/**
 * Translates points of classic histograms: {@code _sum}, {@code _count}, and {@code _bucket} with
 * counts that add up; or, where that is wanted and can be told, one native histogram with these
 * buckets. Confined to one thread.
 */
final class HistogramPoints implements PointTranslator {
  /** Sum, count, the last bucket, created. */
  private static final int SERIES_BESIDE_BOUNDS = 4;

  private final HistogramDataPointView point = new HistogramDataPointView();
  private final PointSeries points;
  private final Exemplars exemplars;
  private final NativeHistogram nativeHistogram = new NativeHistogram();
  private final boolean isNativeWanted;
  private final BoundLabels bounds;

  HistogramPoints(PointSeries points, Exemplars exemplars, TranslationConfig config) {
    this.points = points;
    this.exemplars = exemplars;
    this.isNativeWanted = config.customBuckets();
    this.bounds = new BoundLabels("le", config.openMetricsBounds());
  }

  @Override
  public HistogramDataPointView view() {
    return point;
  }

  @Override
  public @Nullable Rejection translate(MetricFamily family) {
    return isNativeWanted && points.sink().takesCustomBuckets()
        ? translateToNative(family)
        : translateToSeries(family);
  }

  private @Nullable Rejection start(MetricFamily family, int seriesCount) {
    return points.start(family, point, point.startTimeUnixNano(), seriesCount);
  }

  private @Nullable Rejection translateToNative(MetricFamily family) {
    int seriesCount = 2;
    Rejection rejection = readNative();
    if (rejection == null) {
      rejection = start(family, seriesCount);
    }
    if (rejection == null) {
      points.histogram(family, nativeHistogram);
      exemplars.read(point.exemplars(), points.timeMillis());
      exemplars.emitRest(points.sink());
      points.created(family);
    }
    return rejection;
  }

  private @Nullable Rejection readNative() {
    if (PointSeries.isStale(point.flags())) {
      nativeHistogram.staleCustom();
      return null;
    }
    return nativeHistogram.read(point);
  }

  private @Nullable Rejection translateToSeries(MetricFamily family) {
    Rejection rejection = start(family, point.explicitBounds().size() + SERIES_BESIDE_BOUNDS);
    if (rejection != null) {
      return rejection;
    }
    if (point.hasSum()) {
      points.sample(points.series.sum(family), SampleValue.bits(point.sum()));
    }
    long count = SampleValue.bits(point.count());
    points.sample(points.series.count(family), count);
    exemplars.read(point.exemplars(), points.timeMillis());
    buckets(family);
    points.sample(points.series.bucket(family, bounds.of(Double.POSITIVE_INFINITY)), count);
    exemplars.emitRest(points.sink());
    points.created(family);
    return null;
  }

  private void buckets(MetricFamily family) {
    NumberCursor upper = point.explicitBounds();
    NumberCursor counts = point.bucketCounts();
    long below = 0;
    while (upper.next() && counts.next()) {
      below += counts.longValue();
      double bound = upper.doubleValue();
      points.sample(points.series.bucket(family, bounds.of(bound)), SampleValue.bits(below));
      exemplars.emitUpTo(bound, points.sink());
    }
  }
}
