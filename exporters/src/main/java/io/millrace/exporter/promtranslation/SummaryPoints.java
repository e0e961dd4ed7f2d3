package io.millrace.exporter.promtranslation;

import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.SummaryDataPointView;
import io.millrace.pdata.ValueAtQuantileView;
import org.jspecify.annotations.Nullable;

/** Translates points of summaries: sum, count and a sample per quantile. Confined to one thread. */
final class SummaryPoints implements PointTranslator {
  private final SummaryDataPointView point = new SummaryDataPointView();
  private final ValueAtQuantileView quantile = new ValueAtQuantileView();
  private final PointSeries points;
  private final BoundLabels quantiles;

  SummaryPoints(PointSeries points, boolean openMetricsBounds) {
    this.points = points;
    this.quantiles = new BoundLabels("quantile", openMetricsBounds);
  }

  @Override
  public SummaryDataPointView view() {
    return point;
  }

  @Override
  public @Nullable Rejection translate(MetricFamily family) {
    Rejection rejection = points.start(family, point, point.startTimeUnixNano(), seriesCount());
    if (rejection != null) {
      return rejection;
    }
    points.sample(points.series.sum(family), SampleValue.bits(point.sum()));
    points.sample(points.series.count(family), SampleValue.bits(point.count()));
    RangeCursor values = point.quantileValues();
    while (values.next(quantile)) {
      EncodedLabel label = quantiles.of(quantile.quantile());
      long value = SampleValue.bits(quantile.value());
      points.sample(points.series.quantile(family, label), value);
    }
    points.created(family);
    return null;
  }

  private int seriesCount() {
    int count = 3; // sum, count, created
    RangeCursor values = point.quantileValues();
    while (values.next(quantile)) {
      count++;
    }
    return count;
  }
}
