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
    Rejection rejection = points.start(family, point.attributes(), point.timeUnixNano());
    if (rejection != null) {
      return rejection;
    }
    boolean isCounter = family.type() == MetricType.COUNTER;
    long time = PointSeries.millis(point.timeUnixNano());
    long start = isCounter ? PointSeries.millis(point.startTimeUnixNano()) : 0;
    SeriesSink sink = points.sink();
    sink.sample(
        points.series.named(family.value), time, start, isStale ? SampleValue.STALE : value());
    if (isCounter) {
      exemplars.read(point.exemplars(), time);
      exemplars.emitRest(sink);
      points.created(family, time, point.startTimeUnixNano());
    }
    return null;
  }

  private long value() {
    return SampleValue.bits(point.hasAsInt() ? (double) point.asInt() : point.asDouble());
  }
}
