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
    Rejection rejection = points.start(family, point.attributes(), point.timeUnixNano());
    if (rejection != null) {
      return rejection;
    }
    long time = PointSeries.millis(point.timeUnixNano());
    long start = PointSeries.millis(point.startTimeUnixNano());
    boolean isStale = PointSeries.isStale(point.flags());
    SeriesSink sink = points.sink();
    long sum = isStale ? SampleValue.STALE : SampleValue.bits(point.sum());
    long count = isStale ? SampleValue.STALE : SampleValue.bits(point.count());
    sink.sample(points.series.named(family.sum), time, start, sum);
    sink.sample(points.series.named(family.count), time, start, count);
    RangeCursor values = point.quantileValues();
    while (values.next(quantile)) {
      long value = isStale ? SampleValue.STALE : SampleValue.bits(quantile.value());
      EncodedLabel label = quantiles.of(quantile.quantile());
      sink.sample(points.series.withQuantile(family.value, label), time, start, value);
    }
    points.created(family, time, point.startTimeUnixNano());
    return null;
  }
}
