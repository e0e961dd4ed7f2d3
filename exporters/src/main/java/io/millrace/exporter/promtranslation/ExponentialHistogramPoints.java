package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ExponentialHistogramDataPointView;
import org.jspecify.annotations.Nullable;

/**
 * Translates points of exponential histograms: one native histogram each. Confined to one thread.
 */
final class ExponentialHistogramPoints implements PointTranslator {
  private final ExponentialHistogramDataPointView point = new ExponentialHistogramDataPointView();
  private final NativeHistogram histogram = new NativeHistogram();
  private final PointSeries points;
  private final Exemplars exemplars;

  ExponentialHistogramPoints(PointSeries points, Exemplars exemplars) {
    this.points = points;
    this.exemplars = exemplars;
  }

  @Override
  public ExponentialHistogramDataPointView view() {
    return point;
  }

  @Override
  public @Nullable Rejection translate(MetricFamily family) {
    Rejection rejection = read();
    if (rejection == null) {
      int seriesCount = 2;
      rejection = points.start(family, point, point.startTimeUnixNano(), seriesCount);
    }
    if (rejection != null) {
      return rejection;
    }
    points.histogram(family, histogram);
    exemplars.read(point.exemplars(), points.timeMillis());
    exemplars.emitRest(points.sink());
    points.created(family);
    return null;
  }

  private @Nullable Rejection read() {
    if (PointSeries.isStale(point.flags())) {
      histogram.stale(point);
      return null;
    }
    return histogram.read(point);
  }
}
