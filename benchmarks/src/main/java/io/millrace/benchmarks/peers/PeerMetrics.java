package io.millrace.benchmarks.peers;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.Random;
import java.util.function.LongSupplier;

/** Seeded metrics of all five kinds. Confined to one thread. */
final class PeerMetrics {
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;
  private static final String[] NAMES = {
    "http.server.request.duration", "jvm.memory.used", "queue_size", "process.cpu.time"
  };

  private final Random random;
  private final PeerAttributes attributes;
  private final LongSupplier nextRecord;

  /** Creates a source whose points are told apart by {@code nextRecord} in their time. */
  PeerMetrics(Random random, LongSupplier nextRecord) {
    this.random = random;
    this.attributes = new PeerAttributes(random);
    this.nextRecord = nextRecord;
  }

  Metric metric() {
    Metric.Builder metric =
        Metric.newBuilder().setName(NAMES[random.nextInt(NAMES.length)]).setUnit("s");
    int points = 1 + random.nextInt(3);
    for (int kind = random.nextInt(5), i = 0; i < points; i++) {
      addPoint(metric, kind);
    }
    return metric.build();
  }

  private void addPoint(Metric.Builder metric, int kind) {
    switch (kind) {
      case 0 ->
          metric
              .getGaugeBuilder()
              .addDataPointsBuilder()
              .setTimeUnixNano(time())
              .setAsDouble(random.nextInt(1000) / 4.0)
              .addAllAttributes(attributes.some());
      case 1 ->
          metric
              .getSumBuilder()
              .setIsMonotonic(true)
              .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
              .addDataPointsBuilder()
              .setTimeUnixNano(time())
              .setAsInt(random.nextInt(1000))
              .addAllAttributes(attributes.some());
      case 2 -> addHistogramPoint(metric);
      case 3 -> addExponentialPoint(metric);
      default ->
          metric
              .getSummaryBuilder()
              .addDataPointsBuilder()
              .setTimeUnixNano(time())
              .setCount(3)
              .setSum(7.5)
              .addAllAttributes(attributes.some());
    }
  }

  private void addHistogramPoint(Metric.Builder metric) {
    metric
        .getHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
        .addDataPointsBuilder()
        .setTimeUnixNano(time())
        .setCount(5)
        .setSum(12.5)
        .addExplicitBounds(1)
        .addExplicitBounds(10)
        .addBucketCounts(2)
        .addBucketCounts(2)
        .addBucketCounts(1)
        .addAllAttributes(attributes.some());
  }

  private void addExponentialPoint(Metric.Builder metric) {
    var point =
        metric
            .getExponentialHistogramBuilder()
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
            .addDataPointsBuilder()
            .setTimeUnixNano(time())
            .setCount(3)
            .setScale(2)
            .setZeroCount(1)
            .addAllAttributes(attributes.some());
    point.getPositiveBuilder().setOffset(-1).addBucketCounts(1).addBucketCounts(1);
  }

  private long time() {
    return START_UNIX_NANO + nextRecord.getAsLong();
  }
}
