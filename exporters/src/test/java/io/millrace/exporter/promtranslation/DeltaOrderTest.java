package io.millrace.exporter.promtranslation;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenario: deltas of a few series of every kind, shuffled and cut into batches at random.
 *
 * <p>Guarantees: whatever the order and the cuts, the last point of a series is the sum that plain
 * Java adds up, and its times go up. Values are such that doubles add them exactly.
 */
class DeltaOrderTest {
  private static final int SERIES = 3;
  private static final int DELTAS = 120;
  private static final long SECOND = 1_000_000_000L;
  private static final double[] BOUNDS = {0.5, 2, 8};

  /** What plain Java knows of a series. */
  private static final class Total {
    long count;
    double sum;
    final long[] classic = new long[BOUNDS.length + 1];

    /** Bucket index, scale and count of everything added. */
    final List<long[]> buckets = new ArrayList<>();

    int scale = 8;
  }

  private final Map<String, Total> totals = new TreeMap<>();
  private final Map<String, Long> times = new HashMap<>();
  private final Map<String, Object> last = new HashMap<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyOrderAndAnyCutGiveTheSameSums(long seed) throws Exception {
    Random random = new Random(seed);
    List<Metric> deltas = new ArrayList<>();
    for (int i = 0; i < DELTAS; i++) {
      deltas.add(randomDelta(random, i));
    }
    Collections.shuffle(deltas, random);
    FakeHost host = new FakeHost(Clock.SYSTEM);
    DeltaToCumulative stage =
        new DeltaToCumulative(
            host.context("prometheusremotewrite"),
            TranslationConfig.DEFAULT,
            new DeltaConfig(100, Duration.ofMinutes(5), 1 << 20, ""),
            ContextKeys.NONE,
            new Rejections(host.context("prometheusremotewrite"), "prometheusremotewrite"));
    for (int from = 0; from < DELTAS; ) {
      int to = Math.min(DELTAS, from + 1 + random.nextInt(20));
      convert(stage, deltas.subList(from, to));
      from = to;
    }

    assertThat(last.keySet()).isEqualTo(totals.keySet());
    totals.forEach(this::assertTotal);
  }

  private Metric randomDelta(Random random, int i) {
    Metric.Builder metric = Metric.newBuilder();
    String name = List.of("c", "h", "e").get(random.nextInt(3));
    int series = random.nextInt(SERIES);
    Total total = totals.computeIfAbsent(name + series, key -> new Total());
    double value = random.nextInt(1 << 20) / 1024.0;
    long time = (1 + i) * SECOND;
    total.sum += value;
    var label = OtlpSamples.attribute("series", series);
    switch (name) {
      case "c" ->
          metric
              .getSumBuilder()
              .setIsMonotonic(true)
              .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
              .addDataPoints(
                  NumberDataPoint.newBuilder()
                      .setTimeUnixNano(time)
                      .setAsDouble(value)
                      .addAttributes(label));
      case "h" ->
          metric
              .getHistogramBuilder()
              .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
              .addDataPoints(
                  classic(random, total).setTimeUnixNano(time).setSum(value).addAttributes(label));
      default ->
          metric
              .getExponentialHistogramBuilder()
              .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
              .addDataPoints(
                  exponential(random, total)
                      .setTimeUnixNano(time)
                      .setSum(value)
                      .addAttributes(label));
    }
    return metric.setName(name).build();
  }

  private static HistogramDataPoint.Builder classic(Random random, Total total) {
    HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder();
    long count = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      long added = random.nextInt(10);
      point.addBucketCounts(added);
      total.classic[i] += added;
      count += added;
    }
    for (double bound : BOUNDS) {
      point.addExplicitBounds(bound);
    }
    total.count += count;
    return point.setCount(count);
  }

  private static ExponentialHistogramDataPoint.Builder exponential(Random random, Total total) {
    int scale = random.nextInt(14) - 2;
    Buckets.Builder buckets =
        Buckets.newBuilder().setOffset((random.nextInt(400) - 200) >> (8 - Math.min(scale, 8)));
    int size = random.nextInt(60);
    long count = 0;
    for (int i = 0; i < size; i++) {
      long added = random.nextInt(3);
      buckets.addBucketCounts(added);
      total.buckets.add(new long[] {buckets.getOffset() + i, scale, added});
      count += added;
    }
    total.scale = Math.min(total.scale, scale);
    total.count += count;
    return ExponentialHistogramDataPoint.newBuilder()
        .setScale(scale)
        .setPositive(buckets)
        .setCount(count);
  }

  private void convert(DeltaToCumulative stage, List<Metric> metrics) throws Exception {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request.addResourceMetricsBuilder().addScopeMetricsBuilder().addAllMetrics(metrics);
    CumulativeBatch converted =
        stage.convert(OtlpSamples.batch(Signal.METRICS, request.build(), metrics.size()));
    assertThat(converted.summed().cardinality()).isEqualTo(metrics.size());
    ScopeMetrics scope =
        ExportMetricsServiceRequest.parseFrom(converted.batch().bytes())
            .getResourceMetrics(0)
            .getScopeMetrics(0);
    for (Metric metric : scope.getMetricsList()) {
      switch (metric.getDataCase()) {
        case SUM -> note(metric, metric.getSum().getDataPoints(0));
        case HISTOGRAM -> note(metric, metric.getHistogram().getDataPoints(0));
        default -> note(metric, metric.getExponentialHistogram().getDataPoints(0));
      }
    }
  }

  private void note(Metric metric, NumberDataPoint point) {
    note(
        metric.getName() + point.getAttributes(0).getValue().getIntValue(),
        point.getTimeUnixNano(),
        point);
  }

  private void note(Metric metric, HistogramDataPoint point) {
    note(
        metric.getName() + point.getAttributes(0).getValue().getIntValue(),
        point.getTimeUnixNano(),
        point);
  }

  private void note(Metric metric, ExponentialHistogramDataPoint point) {
    note(
        metric.getName() + point.getAttributes(0).getValue().getIntValue(),
        point.getTimeUnixNano(),
        point);
  }

  private void note(String series, long time, Object point) {
    assertThat(time).isGreaterThan(times.getOrDefault(series, 0L) + 999_999);
    times.put(series, time);
    last.put(series, point);
  }

  private void assertTotal(String series, Total total) {
    switch (last.get(series)) {
      case NumberDataPoint point -> assertThat(point.getAsDouble()).isEqualTo(total.sum);
      case HistogramDataPoint point -> {
        assertThat(point.getCount()).isEqualTo(total.count);
        assertThat(point.getSum()).isEqualTo(total.sum);
        assertThat(point.getBucketCountsList())
            .isEqualTo(Arrays.stream(total.classic).boxed().toList());
      }
      case ExponentialHistogramDataPoint point -> {
        assertThat(point.getCount()).isEqualTo(total.count);
        assertThat(point.getSum()).isEqualTo(total.sum);
        int scale = highestScale(total);
        assertThat(point.getScale()).isEqualTo(scale);
        assertThat(counts(point.getPositive())).isEqualTo(counts(total, scale));
      }
      case null, default -> throw new AssertionError(series);
    }
  }

  /** The highest scale of all that holds the whole range in 160 buckets. */
  private static int highestScale(Total total) {
    int scale = total.scale;
    while (true) {
      NavigableMap<Long, Long> counts = counts(total, scale);
      if (counts.isEmpty() || counts.lastKey() - counts.firstKey() < 160) {
        return scale;
      }
      scale--;
    }
  }

  private static NavigableMap<Long, Long> counts(Total total, int scale) {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    for (long[] bucket : total.buckets) {
      if (bucket[2] > 0) {
        counts.merge(bucket[0] >> (bucket[1] - scale), bucket[2], Long::sum);
      }
    }
    return counts;
  }

  private static NavigableMap<Long, Long> counts(Buckets buckets) {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
      if (buckets.getBucketCounts(i) > 0) {
        counts.put((long) buckets.getOffset() + i, buckets.getBucketCounts(i));
      }
    }
    return counts;
  }
}
