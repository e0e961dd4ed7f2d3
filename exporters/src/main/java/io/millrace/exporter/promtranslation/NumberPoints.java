package io.millrace.exporter.promtranslation;

import io.millrace.pdata.NumberDataPointView;
import org.jspecify.annotations.Nullable;

/** Translates points of gauges and sums: one sample each. Confined to one thread. */
final class NumberPoints implements PointTranslator {
  private final NumberDataPointView point = new NumberDataPointView();
  private final PointSeries points;
  private final Exemplars exemplars;

  NumberPoints(PointSeries points, Exemplars exemplars) {
    this.points = points;
    this.exemplars = exemplars;
  }

  @Override
  public NumberDataPointView view() {
    return point;
  }

  @Override
  public @Nullable Rejection translate(MetricFamily family) {
    boolean isStale = PointSeries.isStale(point.flags());
    if (!isStale && !point.hasAsDouble() && !point.hasAsInt()) {
      return Rejection.NO_VALUE;
    }
    boolean isCounter = family.type() == MetricType.COUNTER;
    long start = isCounter ? point.startTimeUnixNano() : 0;
    int seriesCount = 2;
    Rejection rejection = points.start(family, point, start, seriesCount);
    if (rejection != null) {
      return rejection;
    }
    points.sample(points.series.value(family), value());
    if (isCounter) {
      exemplars.read(point.exemplars(), points.timeMillis());
      exemplars.emitRest(points.sink());
      points.created(family);
    }
    return null;
  }

  private long value() {
    return SampleValue.bits(point.hasAsInt() ? (double) point.asInt() : point.asDouble());
  }
}
