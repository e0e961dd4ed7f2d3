package io.millrace.benchmarks.peers;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import java.util.List;

/**
 * The metrics of a few services as an SDK exports them every {@value #INTERVAL_SECONDS} seconds:
 * all kinds, cumulative, with names, units and attributes that a backend has to translate.
 * Stateless.
 */
final class BackendMetrics {
  static final int INTERVAL_SECONDS = 15;

  private static final List<String> SERVICES = List.of("checkout", "payment", "front-end");
  private static final List<String> ROUTES = List.of("/carts/{id}", "/orders", "/größe");
  private static final int START_SECONDS = 600;
  private static final ByteString TRACE_ID = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");

  private BackendMetrics() {}

  /**
   * Returns an export of all services, odd ones too; every {@code tick} counts higher than the one
   * before.
   */
  static ExportMetricsServiceRequest at(long unixSeconds, int tick) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (String service : SERVICES) {
      request.addResourceMetrics(service(service, unixSeconds * 1_000_000_000L, tick));
    }
    request.addAllResourceMetrics(BackendOddMetrics.at(unixSeconds * 1_000_000_000L, tick));
    return request.build();
  }

  private static ResourceMetrics service(String name, long nanos, int tick) {
    ResourceMetrics.Builder metrics = ResourceMetrics.newBuilder();
    metrics
        .getResourceBuilder()
        .addAttributes(BackendAttributes.text("service.name", name))
        .addAttributes(BackendAttributes.text("service.namespace", "shop"))
        .addAttributes(BackendAttributes.text("service.instance.id", name + "-1"))
        .addAttributes(BackendAttributes.text("host.name", "node-1"));
    var scope = metrics.addScopeMetricsBuilder();
    scope.getScopeBuilder().setName("io.opentelemetry.http").setVersion("2.1");
    scope.addMetrics(counter(nanos, tick)).addMetrics(upDownCounter(nanos, tick));
    scope.addMetrics(gauge(nanos, tick)).addMetrics(histogram(nanos, tick));
    scope.addMetrics(exponentialHistogram(nanos, tick)).addMetrics(summary(nanos, tick));
    return metrics.build();
  }

  private static Metric counter(long nanos, int tick) {
    Metric.Builder metric = named("http.server.requests", "{request}");
    var sum = metric.getSumBuilder().setIsMonotonic(true);
    sum.setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (String route : ROUTES) {
      sum.addDataPoints(
          number(nanos)
              .setAsInt(10L * tick + route.length())
              .addAttributes(BackendAttributes.text("http.route", route))
              .addAttributes(BackendAttributes.text("http-method", "GET"))
              .addAttributes(BackendAttributes.whole("http.response.status_code", 200))
              .addExemplars(exemplar(nanos, tick)));
    }
    return metric.build();
  }

  private static Metric upDownCounter(long nanos, int tick) {
    Metric.Builder metric = named("queue.size", "1");
    metric
        .getSumBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(number(nanos).setAsInt(5 - tick));
    return metric.build();
  }

  private static Metric gauge(long nanos, int tick) {
    Metric.Builder metric = named("jvm.memory.used", "By");
    for (String pool : List.of("eden", "old gen")) {
      metric
          .getGaugeBuilder()
          .addDataPoints(
              number(nanos)
                  .setAsDouble(1024.5 * tick)
                  .addAttributes(BackendAttributes.text("jvm.memory.pool.name", pool)));
    }
    return metric.build();
  }

  private static Metric histogram(long nanos, int tick) {
    Metric.Builder metric = named("http.server.request.duration", "s");
    metric
        .getHistogramBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(
            HistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(start(nanos, tick))
                .setTimeUnixNano(nanos)
                .setCount(4L * tick)
                .setSum(2.5 * tick)
                .addAllExplicitBounds(List.of(0.005, 0.5, 1.0))
                .addAllBucketCounts(List.of((long) tick, 2L * tick, 0L, (long) tick))
                .addAttributes(BackendAttributes.text("http.route", "/orders"))
                .addExemplars(exemplar(nanos, tick)));
    return metric.build();
  }

  private static Metric exponentialHistogram(long nanos, int tick) {
    Metric.Builder metric = named("db.client.operation.duration", "ms");
    metric
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(
            ExponentialHistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(start(nanos, tick))
                .setTimeUnixNano(nanos)
                .setScale(3)
                .setCount(7L * tick)
                .setSum(12.5 * tick)
                .setZeroCount(tick)
                .setPositive(
                    Buckets.newBuilder()
                        .setOffset(-2)
                        .addAllBucketCounts(List.of(2L * tick, 0L, 0L, 0L, 3L * tick)))
                .setNegative(Buckets.newBuilder().setOffset(4).addBucketCounts(tick)));
    return metric.build();
  }

  private static Metric summary(long nanos, int tick) {
    Metric.Builder metric = named("gc.pause", "s");
    metric
        .getSummaryBuilder()
        .addDataPoints(
            SummaryDataPoint.newBuilder()
                .setStartTimeUnixNano(start(nanos, tick))
                .setTimeUnixNano(nanos)
                .setCount(3L * tick)
                .setSum(0.5 * tick)
                .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(0.25))
                .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(tick)));
    return metric.build();
  }

  private static Metric.Builder named(String name, String unit) {
    return Metric.newBuilder().setName(name).setUnit(unit).setDescription("Says what it is.");
  }

  private static NumberDataPoint.Builder number(long nanos) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(nanos);
  }

  private static Exemplar exemplar(long nanos, int tick) {
    return Exemplar.newBuilder()
        .setTimeUnixNano(nanos - 1_000_000L)
        .setAsDouble(0.25 * tick)
        .setTraceId(TRACE_ID)
        .setSpanId(TRACE_ID.substring(0, 8))
        .addFilteredAttributes(BackendAttributes.text("user", "u-" + tick))
        .build();
  }

  /** All start at the same time, whatever the tick. */
  private static long start(long nanos, int tick) {
    return nanos - 1_000_000_000L * (START_SECONDS + (long) tick * INTERVAL_SECONDS);
  }
}
