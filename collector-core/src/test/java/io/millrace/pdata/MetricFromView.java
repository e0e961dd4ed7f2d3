package io.millrace.pdata;

import static io.millrace.pdata.FromViews.attributes;
import static io.millrace.pdata.FromViews.bytes;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.function.Consumer;

/** The part of {@link FromViews} that knows metrics. */
final class MetricFromView {
  private MetricFromView() {}

  static Metric metric(MetricView view) {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName(view.name().utf8())
            .setDescription(view.description().utf8())
            .setUnit(view.unit().utf8());
    attributes(view.metadata(), metric::addMetadata);
    int temporality = view.aggregationTemporality();
    switch (view.kind()) {
      case NOT_SET -> {}
      case GAUGE -> numbers(view, metric.getGaugeBuilder()::addDataPoints);
      case SUM -> {
        metric
            .getSumBuilder()
            .setAggregationTemporalityValue(temporality)
            .setIsMonotonic(view.isMonotonic());
        numbers(view, metric.getSumBuilder()::addDataPoints);
      }
      case HISTOGRAM -> {
        metric.getHistogramBuilder().setAggregationTemporalityValue(temporality);
        histograms(view, metric.getHistogramBuilder()::addDataPoints);
      }
      case EXPONENTIAL_HISTOGRAM -> {
        metric.getExponentialHistogramBuilder().setAggregationTemporalityValue(temporality);
        exponential(view, metric.getExponentialHistogramBuilder()::addDataPoints);
      }
      case SUMMARY -> summaries(view, metric.getSummaryBuilder()::addDataPoints);
    }
    return metric.build();
  }

  private static void numbers(MetricView metric, Consumer<NumberDataPoint> sink) {
    NumberDataPointView view = new NumberDataPointView();
    RangeCursor points = metric.dataPoints();
    while (points.next(view)) {
      NumberDataPoint.Builder point =
          NumberDataPoint.newBuilder()
              .setStartTimeUnixNano(view.startTimeUnixNano())
              .setTimeUnixNano(view.timeUnixNano())
              .setFlags(view.flags());
      if (view.hasAsDouble()) {
        point.setAsDouble(view.asDouble());
      }
      if (view.hasAsInt()) {
        point.setAsInt(view.asInt());
      }
      exemplars(view.exemplars(), point::addExemplars);
      attributes(view.attributes(), point::addAttributes);
      sink.accept(point.build());
    }
  }

  private static void histograms(MetricView metric, Consumer<HistogramDataPoint> sink) {
    HistogramDataPointView view = new HistogramDataPointView();
    RangeCursor points = metric.dataPoints();
    while (points.next(view)) {
      HistogramDataPoint.Builder point =
          HistogramDataPoint.newBuilder()
              .setStartTimeUnixNano(view.startTimeUnixNano())
              .setTimeUnixNano(view.timeUnixNano())
              .setCount(view.count())
              .setFlags(view.flags());
      optional(view.hasSum(), view.sum(), point::setSum);
      optional(view.hasMin(), view.min(), point::setMin);
      optional(view.hasMax(), view.max(), point::setMax);
      NumberCursor counts = view.bucketCounts();
      while (counts.next()) {
        point.addBucketCounts(counts.longValue());
      }
      NumberCursor bounds = view.explicitBounds();
      while (bounds.next()) {
        point.addExplicitBounds(bounds.doubleValue());
      }
      exemplars(view.exemplars(), point::addExemplars);
      attributes(view.attributes(), point::addAttributes);
      sink.accept(point.build());
    }
  }

  private static void exponential(MetricView metric, Consumer<ExponentialHistogramDataPoint> sink) {
    ExponentialHistogramDataPointView view = new ExponentialHistogramDataPointView();
    RangeCursor points = metric.dataPoints();
    while (points.next(view)) {
      ExponentialHistogramDataPoint.Builder point =
          ExponentialHistogramDataPoint.newBuilder()
              .setStartTimeUnixNano(view.startTimeUnixNano())
              .setTimeUnixNano(view.timeUnixNano())
              .setCount(view.count())
              .setScale(view.scale())
              .setZeroCount(view.zeroCount())
              .setZeroThreshold(view.zeroThreshold())
              .setPositive(buckets(view.positive()))
              .setNegative(buckets(view.negative()))
              .setFlags(view.flags());
      optional(view.hasSum(), view.sum(), point::setSum);
      optional(view.hasMin(), view.min(), point::setMin);
      optional(view.hasMax(), view.max(), point::setMax);
      exemplars(view.exemplars(), point::addExemplars);
      attributes(view.attributes(), point::addAttributes);
      sink.accept(point.build());
    }
  }

  private static ExponentialHistogramDataPoint.Buckets buckets(BucketsView view) {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(view.offset());
    NumberCursor counts = view.bucketCounts();
    while (counts.next()) {
      buckets.addBucketCounts(counts.longValue());
    }
    return buckets.build();
  }

  private static void summaries(MetricView metric, Consumer<SummaryDataPoint> sink) {
    SummaryDataPointView view = new SummaryDataPointView();
    ValueAtQuantileView quantile = new ValueAtQuantileView();
    RangeCursor points = metric.dataPoints();
    while (points.next(view)) {
      SummaryDataPoint.Builder point =
          SummaryDataPoint.newBuilder()
              .setStartTimeUnixNano(view.startTimeUnixNano())
              .setTimeUnixNano(view.timeUnixNano())
              .setCount(view.count())
              .setSum(view.sum())
              .setFlags(view.flags());
      RangeCursor quantiles = view.quantileValues();
      while (quantiles.next(quantile)) {
        point
            .addQuantileValuesBuilder()
            .setQuantile(quantile.quantile())
            .setValue(quantile.value());
      }
      attributes(view.attributes(), point::addAttributes);
      sink.accept(point.build());
    }
  }

  private static void exemplars(RangeCursor exemplars, Consumer<Exemplar> sink) {
    ExemplarView view = new ExemplarView();
    while (exemplars.next(view)) {
      Exemplar.Builder exemplar =
          Exemplar.newBuilder()
              .setTimeUnixNano(view.timeUnixNano())
              .setSpanId(bytes(view.spanId()))
              .setTraceId(bytes(view.traceId()));
      if (view.hasAsDouble()) {
        exemplar.setAsDouble(view.asDouble());
      }
      if (view.hasAsInt()) {
        exemplar.setAsInt(view.asInt());
      }
      attributes(view.filteredAttributes(), exemplar::addFilteredAttributes);
      sink.accept(exemplar.build());
    }
  }

  private static void optional(boolean present, double value, Consumer<Double> setter) {
    if (present) {
      setter.accept(value);
    }
  }
}
