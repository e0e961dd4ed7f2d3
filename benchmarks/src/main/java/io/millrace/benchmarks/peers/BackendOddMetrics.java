package io.millrace.benchmarks.peers;

import static io.millrace.benchmarks.peers.BackendAttributes.text;
import static io.millrace.benchmarks.peers.BackendAttributes.whole;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Map;

/**
 * Metrics that a translation easily gets wrong: names and units with rules of their own, keys that
 * meet under one label, values that are no numbers, points without a value, histograms that lack
 * something, resources that do not say who they are. Stateless.
 */
final class BackendOddMetrics {
  private static final int STALE_TICK = 4;

  private static final Map<String, String> GAUGES =
      Map.ofEntries(
          Map.entry("2xx..rate", "{request}/s"),
          Map.entry("cpu.utilization", "1"),
          Map.entry("cpu.ratio.load", "1"),
          Map.entry("disk.usage", "%"),
          Map.entry("wind:speed", "m/s"),
          Map.entry("net_io", "By/min"),
          Map.entry("net__bytes", "By"),
          Map.entry("temperature", "Cel"),
          Map.entry("_private", "d"),
          Map.entry("größe", "KiBy"),
          Map.entry("price", "€/{item}"));

  private static final Map<String, String> COUNTERS =
      Map.of("events", "1", "cache.total.hits", "", "uptime.seconds", "s", "sent_total", "By");

  private BackendOddMetrics() {}

  /** Returns resources that do and do not say who they are. */
  static List<ResourceMetrics> at(long nanos, int tick) {
    return List.of(
        resource(nanos, tick, text("service.name", "odd")),
        resource(nanos, tick, text("service.instance.id", "odd-1"), text("zone", "a")),
        resource(nanos, tick, text("service.namespace", "shop"), text("host.name", "node-2")));
  }

  private static ResourceMetrics resource(long nanos, int tick, KeyValue... attributes) {
    ResourceMetrics.Builder metrics = ResourceMetrics.newBuilder();
    metrics.getResourceBuilder().addAllAttributes(List.of(attributes));
    var scope = metrics.addScopeMetricsBuilder();
    scope.getScopeBuilder().setName("odd").addAttributes(text("scope.key", "x"));
    GAUGES.forEach(
        (name, unit) -> scope.addMetrics(gauge(name, unit, point(nanos).setAsDouble(tick / 3.0))));
    COUNTERS.forEach((name, unit) -> scope.addMetrics(counter(name, unit, nanos, tick)));
    scope.addMetrics(numbers(nanos, tick)).addMetrics(labels(nanos, tick));
    scope.addMetrics(inFlight(nanos, tick)).addMetrics(stale(nanos, tick));
    scope.addMetrics(histogram(nanos, tick)).addMetrics(exponentialHistogram(nanos, tick));
    return metrics.addScopeMetrics(summaries(nanos, tick)).build();
  }

  private static Metric gauge(String name, String unit, NumberDataPoint.Builder... points) {
    Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
    for (NumberDataPoint.Builder point : points) {
      metric.getGaugeBuilder().addDataPoints(point);
    }
    return metric.build();
  }

  private static Metric counter(String name, String unit, long nanos, int tick) {
    Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
    metric
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(point(nanos).setAsInt((1L << 53) + tick));
    return metric.build();
  }

  private static Metric inFlight(long nanos, int tick) {
    Metric.Builder metric = Metric.newBuilder().setName("in.flight").setUnit("1");
    metric
        .getSumBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(point(nanos).setAsInt(-tick));
    return metric.build();
  }

  private static Metric numbers(long nanos, int tick) {
    double[] values = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 1e21, 1e-7};
    Metric.Builder metric = Metric.newBuilder().setName("numbers");
    for (int i = 0; i < values.length; i++) {
      double value = values[(i + tick) % values.length];
      metric
          .getGaugeBuilder()
          .addDataPoints(point(nanos).setAsDouble(value).addAttributes(whole("i", i)));
    }
    return metric.build();
  }

  private static Metric labels(long nanos, int tick) {
    AnyValue.Builder list = AnyValue.newBuilder();
    list.getArrayValueBuilder().addValues(AnyValue.newBuilder().setDoubleValue(1e21));
    list.getArrayValueBuilder().addValues(AnyValue.newBuilder().setStringValue("<a & \"b\">"));
    AnyValue.Builder map = AnyValue.newBuilder();
    map.getKvlistValueBuilder().addValues(whole("z", 1)).addValues(text("a", "größe"));
    ByteString bytes = ByteString.copyFrom(new byte[] {1, (byte) 0xff});
    return gauge(
        "labels",
        "",
        point(nanos)
            .setAsInt(tick)
            .addAttributes(text("a.b", "1"))
            .addAttributes(text("a_b", "2"))
            .addAttributes(text("a-b", "3"))
            .addAttributes(text("a..b", "4"))
            .addAttributes(text("1st", "digit"))
            .addAttributes(text("_hidden", "one underscore"))
            .addAttributes(text("__two", "two underscores"))
            .addAttributes(text("__reserved__", "kept"))
            .addAttributes(text("empty", ""))
            .addAttributes(text("job", "overwritten"))
            .addAttributes(text("le", "kept"))
            .addAttributes(text("__name__", "ignored"))
            .addAttributes(text("größe", "XL"))
            .addAttributes(BackendAttributes.of("list", list))
            .addAttributes(BackendAttributes.of("map", map))
            .addAttributes(
                BackendAttributes.of("bytes", AnyValue.newBuilder().setBytesValue(bytes)))
            .addAttributes(
                BackendAttributes.of("ratio", AnyValue.newBuilder().setDoubleValue(1e-7)))
            .addAttributes(BackendAttributes.of("flag", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(BackendAttributes.of("nothing", AnyValue.newBuilder())));
  }

  /** Comes, goes and comes again. */
  private static Metric stale(long nanos, int tick) {
    NumberDataPoint.Builder point = point(nanos).setAsInt(tick);
    if (tick == STALE_TICK) {
      point.setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE);
    }
    return gauge("comes.and.goes", "", point);
  }

  private static Metric histogram(long nanos, int tick) {
    Metric.Builder metric = Metric.newBuilder().setName("odd.histogram").setUnit("ms");
    var histogram =
        metric.getHistogramBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    histogram.addDataPoints(
        histogramPoint(nanos, "no sum")
            .setCount(2L * tick)
            .addAllExplicitBounds(List.of(0.0, 1e21))
            .addAllBucketCounts(List.of(0L, 2L * tick, 0L)));
    histogram.addDataPoints(histogramPoint(nanos, "no buckets").setCount(tick).setSum(1.5 * tick));
    histogram.addDataPoints(
        histogramPoint(nanos, "exemplars")
            .setCount(3L * tick)
            .setSum(-2.5 * tick)
            .addAllExplicitBounds(List.of(-1.0, 2.5))
            .addAllBucketCounts(List.of((long) tick, (long) tick, (long) tick))
            .addExemplars(exemplar(nanos - 3_000_000L, -7))
            .addExemplars(exemplar(nanos - 2_000_000L, 2.5))
            .addExemplars(exemplar(nanos - 1_000_000L, 99)));
    HistogramDataPoint.Builder last = histogramPoint(nanos, "stale");
    if (tick == STALE_TICK) {
      last.setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE);
    }
    histogram.addDataPoints(
        last.setCount(tick)
            .setSum(tick)
            .addExplicitBounds(1)
            .addAllBucketCounts(List.of((long) tick, 0L)));
    return metric.build();
  }

  private static HistogramDataPoint.Builder histogramPoint(long nanos, String kind) {
    return HistogramDataPoint.newBuilder().setTimeUnixNano(nanos).addAttributes(text("kind", kind));
  }

  private static Metric exponentialHistogram(long nanos, int tick) {
    Metric.Builder metric = Metric.newBuilder().setName("odd.exponential").setUnit("By");
    var histogram =
        metric
            .getExponentialHistogramBuilder()
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int scale : new int[] {-4, 0, 8, 10}) {
      ExponentialHistogramDataPoint.Builder point =
          ExponentialHistogramDataPoint.newBuilder()
              .setTimeUnixNano(nanos)
              .setScale(scale)
              .setCount(9L * tick)
              .setSum(4.5 * tick)
              .setMin(0.1)
              .setMax(77)
              .addAttributes(whole("scale", scale));
      // In 1.0 Prometheus loses those of a series that it has not seen, if it has buckets alone.
      if (tick > 1) {
        point.addExemplars(exemplar(nanos - 1_000_000L, 3));
      }
      point.getPositiveBuilder().setOffset(-3);
      point.getNegativeBuilder().setOffset(-1);
      for (int i = 0; i < 5; i++) {
        point.getPositiveBuilder().addBucketCounts(tick);
      }
      for (int i = 0; i < 4; i++) {
        point.getNegativeBuilder().addBucketCounts(tick);
      }
      histogram.addDataPoints(point);
    }
    histogram.addDataPoints(
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(nanos)
            .setCount(tick)
            .setZeroCount(tick)
            .setSum(0)
            .addAttributes(text("kind", "zeros")));
    return metric.build();
  }

  private static ScopeMetrics summaries(long nanos, int tick) {
    Metric.Builder metric = Metric.newBuilder().setName("odd.summary").setUnit("us");
    metric
        .getSummaryBuilder()
        .addDataPoints(
            SummaryDataPoint.newBuilder().setTimeUnixNano(nanos).setCount(tick).setSum(tick));
    SummaryDataPoint.Builder stale =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(nanos)
            .setCount(tick)
            .setSum(tick)
            .addAttributes(text("kind", "stale"));
    stale.addQuantileValuesBuilder().setQuantile(0).setValue(tick);
    stale.addQuantileValuesBuilder().setQuantile(0.999).setValue(tick);
    if (tick == STALE_TICK) {
      stale.setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE);
    }
    metric.getSummaryBuilder().addDataPoints(stale);
    return ScopeMetrics.newBuilder().addMetrics(metric).build();
  }

  private static NumberDataPoint.Builder point(long nanos) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(nanos);
  }

  /** Without a trace, and with more than an exemplar may hold. */
  private static Exemplar exemplar(long nanos, double value) {
    return Exemplar.newBuilder()
        .setTimeUnixNano(nanos)
        .setAsDouble(value)
        .addFilteredAttributes(text("user.name", "ü".repeat(value > 50 ? 130 : 20)))
        .build();
  }
}
