package io.millrace.exporter.promtranslation;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaToCumulativeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int STREAMS_MAX = 3;

  private final ManualClock clock = new ManualClock();
  private final FakeHost host = new FakeHost(clock);
  private final DeltaToCumulative deltas = deltas("");

  private DeltaToCumulative deltas(String instance) {
    return deltas(instance, 1 << 20);
  }

  private DeltaToCumulative deltas(String instance, long maxBytes) {
    return new DeltaToCumulative(
        host.context("prometheusremotewrite"),
        TranslationConfig.DEFAULT,
        new DeltaConfig(STREAMS_MAX, Duration.ofMinutes(5), maxBytes, instance),
        new ContextKeys(Set.of("x-tenant"), Set.of("username")),
        new Rejections(host.context("prometheusremotewrite"), "prometheusremotewrite"));
  }

  private long rejectedPoints(String reason) {
    return host.metrics()
        .counter(
            "otelcol_exporter_prometheusremotewrite_failed_translations",
            "",
            "exporter",
            "prometheusremotewrite",
            "reason",
            reason)
        .value();
  }

  private static NumberDataPoint.Builder point(long seconds) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(seconds * SECOND);
  }

  private static Metric sum(NumberDataPoint.Builder... points) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA);
    List.of(points).forEach(sum::addDataPoints);
    return Metric.newBuilder().setName("c").setSum(sum).build();
  }

  private static Metric histogram(HistogramDataPoint.Builder... points) {
    Histogram.Builder histogram =
        Histogram.newBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA);
    List.of(points).forEach(histogram::addDataPoints);
    return Metric.newBuilder().setName("h").setHistogram(histogram).build();
  }

  private static HistogramDataPoint.Builder classic(long seconds, double bound, long... counts) {
    return HistogramDataPoint.newBuilder()
        .setTimeUnixNano(seconds * SECOND)
        .setCount(LongStream.of(counts).sum())
        .setSum(1.5)
        .addExplicitBounds(bound)
        .addAllBucketCounts(LongStream.of(counts).boxed().toList());
  }

  private static Metric exponential(ExponentialHistogramDataPoint.Builder... points) {
    ExponentialHistogram.Builder histogram =
        ExponentialHistogram.newBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA);
    List.of(points).forEach(histogram::addDataPoints);
    return Metric.newBuilder().setName("e").setExponentialHistogram(histogram).build();
  }

  private static ExponentialHistogramDataPoint.Builder exponential(
      long seconds, int scale, int offset, long... counts) {
    return ExponentialHistogramDataPoint.newBuilder()
        .setTimeUnixNano(seconds * SECOND)
        .setScale(scale)
        .setSum(1)
        .setCount(LongStream.of(counts).sum())
        .setPositive(
            Buckets.newBuilder()
                .setOffset(offset)
                .addAllBucketCounts(LongStream.of(counts).boxed().toList()));
  }

  private static OtlpBatch batch(Metric... metrics) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
    resource.addScopeMetricsBuilder().addAllMetrics(List.of(metrics));
    return batch(resource);
  }

  private static OtlpBatch batch(ResourceMetrics.Builder... resources) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    List.of(resources).forEach(request::addResourceMetrics);
    return OtlpSamples.batch(Signal.METRICS, request.build(), 1);
  }

  /** What protobuf reads in the converted batch. */
  private static ExportMetricsServiceRequest parse(OtlpBatch batch) {
    try {
      return ExportMetricsServiceRequest.parseFrom(batch.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private List<Metric> convert(Metric... metrics) {
    return convert(deltas, metrics);
  }

  private static List<Metric> convert(DeltaToCumulative by, Metric... metrics) {
    return parse(by.convert(batch(metrics)).batch())
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetricsList();
  }

  private NumberDataPoint convertSum(NumberDataPoint.Builder point) {
    return convert(sum(point)).getFirst().getSum().getDataPoints(0);
  }

  private HistogramDataPoint convertClassic(HistogramDataPoint.Builder point) {
    return convert(histogram(point)).getFirst().getHistogram().getDataPoints(0);
  }

  private ExponentialHistogramDataPoint convertExponential(
      ExponentialHistogramDataPoint.Builder point) {
    return convert(exponential(point)).getFirst().getExponentialHistogram().getDataPoints(0);
  }

  @Test
  void addsUpSumsSinceTheStartOfTheFirst() {
    convertSum(point(2).setStartTimeUnixNano(SECOND).setAsInt(3));
    NumberDataPoint second = convertSum(point(3).setStartTimeUnixNano(2 * SECOND).setAsInt(4));

    assertThat(second)
        .isEqualTo(point(3).setStartTimeUnixNano(SECOND).setAsInt(7).setFlags(0).build());
    Metric converted = convert(sum(point(4).setAsDouble(0.5))).getFirst();
    assertThat(converted.getSum().getDataPoints(0).getAsDouble()).isEqualTo(7.5);
    assertThat(converted.getSum().getIsMonotonic()).isTrue();
    assertThat(converted.getSum().getAggregationTemporality())
        .isEqualTo(AGGREGATION_TEMPORALITY_CUMULATIVE);
  }

  @Test
  void wholeNumbersStayExactBeyondADouble() {
    long large = (1L << 53) + 1;
    convertSum(point(1).setAsInt(large));

    assertThat(convertSum(point(2).setAsInt(1)).getAsInt()).isEqualTo(large + 1);
  }

  /** Guarantees: what is late is in the sum, and no time of the series is given out twice. */
  @Test
  void aLatePointCountsFromJustAfterTheLatest() {
    convertSum(point(5).setAsInt(1));
    NumberDataPoint late = convertSum(point(2).setAsInt(1));
    NumberDataPoint same = convertSum(point(5).setAsInt(1));
    NumberDataPoint next = convertSum(point(6).setAsInt(1));

    assertThat(List.of(late.getTimeUnixNano(), same.getTimeUnixNano(), next.getTimeUnixNano()))
        .containsExactly(5_001_000_000L, 5_002_000_000L, 6 * SECOND);
    assertThat(next.getAsInt()).isEqualTo(4);
  }

  @Test
  void addsUpClassicHistograms() {
    convertClassic(classic(1, 0.5, 1, 2));

    assertThat(convertClassic(classic(2, 0.5, 3, 4)))
        .isEqualTo(classic(2, 0.5, 4, 6).setSum(3).setStartTimeUnixNano(0).build());
  }

  @Test
  void anotherSetOfBucketsStartsAnewBehindWhatWasGivenOut() {
    convertClassic(classic(1, 0.5, 1, 2).setStartTimeUnixNano(SECOND / 2));

    assertThat(convertClassic(classic(3, 0.7, 3, 4)))
        .isEqualTo(classic(3, 0.7, 3, 4).setStartTimeUnixNano(SECOND).build());
  }

  /** Guarantees: one point without a sum does not cost the series its own. */
  @Test
  void aPointWithoutASumAddsNothingToASeriesThatHasOne() {
    convertClassic(classic(1, 0.5, 1, 2));
    convertClassic(classic(2, 0.5, 1, 2).clearSum());

    assertThat(rejectedPoints("no_sum")).isEqualTo(1);
    assertThat(convertClassic(classic(3, 0.5, 1, 2)))
        .isEqualTo(classic(3, 0.5, 2, 4).setSum(3).setStartTimeUnixNano(0).build());
  }

  @Test
  void aSeriesWithoutASumStartsAnewWithTheFirst() {
    convertClassic(classic(1, 0.5, 1, 2).clearSum());
    HistogramDataPoint without = convertClassic(classic(2, 0.5, 1, 2).clearSum());
    assertThat(without.hasSum()).isFalse();
    assertThat(without.getCount()).isEqualTo(6);

    assertThat(convertClassic(classic(3, 0.5, 1, 2)))
        .isEqualTo(classic(3, 0.5, 1, 2).setStartTimeUnixNano(2 * SECOND).build());
    convertClassic(classic(4, 0.5, 1, 2).clearSum());
    assertThat(rejectedPoints("no_sum")).isEqualTo(1);
  }

  /** Guarantees: a sender's malformed histogram is counted and does not spoil its series. */
  @Test
  void rejectsClassicHistogramsThatContradictThemselves() {
    convertClassic(classic(1, 0.5, 1, 2));
    convertClassic(classic(2, 0.5, 1, 2).setCount(4));
    convertClassic(classic(2, 0.5, 1, 2, 3));
    convertClassic(classic(2, 0.5, 1));
    convertClassic(classic(2, Double.NaN, 1, 2));
    convertClassic(classic(2, 0.5, 1, 2, 3).addExplicitBounds(0.5));
    convertClassic(classic(2, 0.5, -1, 4));
    convertClassic(classic(2, 0.5).setCount(-1).clearExplicitBounds());

    assertThat(rejectedPoints("inconsistent_buckets")).isEqualTo(7);
    assertThat(convertClassic(classic(3, 0.5, 1, 2)))
        .isEqualTo(classic(3, 0.5, 2, 4).setSum(3).setStartTimeUnixNano(0).build());
  }

  /** Guarantees: buckets in which no double can lie do not cost a series its resolution. */
  @ParameterizedTest
  @CsvSource({
    "0, 1024",
    "0, -1077",
    "3, 8192",
    "3, -8602",
    "8, 2000000",
    "-4, 64",
    "-4, -70",
    "20, 2147483647",
    "0, -2147483648",
  })
  void rejectsExponentialBucketsBeyondWhatDoublesHold(int scale, int offset) {
    convertExponential(exponential(1, 2, 0, 1));
    convertExponential(exponential(2, scale, offset, 1));

    assertThat(rejectedPoints("inconsistent_buckets")).isEqualTo(1);
    ExponentialHistogramDataPoint next = convertExponential(exponential(3, 2, 1, 1));
    assertThat(next.getScale()).isEqualTo(2);
    assertThat(next.getCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 1023", "0, -1075", "8, 262143", "-4, 63", "-4, -68", "2147483647, 5"})
  void takesExponentialBucketsInWhichDoublesLie(int scale, int offset) {
    convertExponential(exponential(1, scale, offset, 1));
    ExponentialHistogramDataPoint next = convertExponential(exponential(2, scale, offset, 1));

    assertThat(next.getPositive().getBucketCountsList()).containsExactly(2L);
    assertThat(rejectedPoints("inconsistent_buckets")).isZero();
  }

  /** Guarantees: a single huge delta is the sender's loss, not the series'. */
  @Test
  void rejectsWhatWouldOverflowItsSeries() {
    long half = 1L << 62;
    convertSum(point(1).setAsInt(half));
    convertSum(point(2).setAsInt(half));
    convertClassic(classic(1, 0.5, half, 0));
    convertClassic(classic(2, 0.5, half, 0));
    convertExponential(exponential(1, 0, 0, half));
    convertExponential(exponential(2, 0, 0, half));
    convertClassic(classic(3, 0.5, 0, 0).setSum(Double.MAX_VALUE));
    convertClassic(classic(4, 0.5, 0, 0).setSum(Double.MAX_VALUE));

    assertThat(rejectedPoints("invalid_delta")).isEqualTo(4);
    assertThat(convertSum(point(5).setAsInt(1)).getAsInt()).isEqualTo(half + 1);
  }

  /** Guarantees: series that are known cannot grow beyond what may be held for all. */
  @Test
  void rejectsWhatMakesAKnownSeriesGrowBeyondTheLimit() {
    DeltaToCumulative tight = deltas("", 1500);
    convert(tight, histogram(classic(1, 0.5, 1, 2)));
    HistogramDataPoint.Builder large = classic(2, 0, 1);
    for (int bound = 1; bound < 200; bound++) {
      large.addExplicitBounds(bound).addBucketCounts(0);
    }
    convert(tight, histogram(large.addBucketCounts(0)));
    assertThat(rejectedPoints("series_limit")).isEqualTo(1);

    ExponentialHistogramDataPoint.Builder small = exponential(1, 0, 0, 1);
    convert(tight, exponential(small));
    convert(tight, exponential(exponential(2, 0, 0, new long[150])));
    convert(tight, exponential(exponential(3, 0, 149, 1)));
    assertThat(rejectedPoints("series_limit")).isEqualTo(2);
    assertThat(host.budget().used()).isLessThan(1500);
  }

  @Test
  void mergesExponentialHistogramsAtTheLowerScale() {
    convertExponential(exponential(1, 2, 0, 1, 2, 3, 4));
    ExponentialHistogramDataPoint merged = convertExponential(exponential(2, 1, -1, 5, 6));

    assertThat(merged.getScale()).isEqualTo(1);
    assertThat(merged.getPositive().getOffset()).isEqualTo(-1);
    assertThat(merged.getPositive().getBucketCountsList()).containsExactly(5L, 9L, 7L);
    assertThat(merged.getCount()).isEqualTo(21);
    assertThat(merged.getSum()).isEqualTo(2);
  }

  @Test
  void lowersTheScaleUntilTheRangeFits() {
    convertExponential(exponential(1, 8, 0, 1));
    ExponentialHistogramDataPoint merged = convertExponential(exponential(2, 8, 1000, 1));

    assertThat(merged.getScale()).isEqualTo(5);
    assertThat(merged.getPositive().getBucketCountsCount()).isEqualTo(126);
  }

  @Test
  void theHigherOfTwoZeroThresholdsCountsWhatLiesBelowItAsZero() {
    // at scale 0 the buckets end at 2, 4, 8, 16
    convertExponential(exponential(1, 0, 0, 1, 2, 3, 4));
    ExponentialHistogramDataPoint merged =
        convertExponential(
            exponential(2, 0, 3, 5).setZeroThreshold(3).setZeroCount(7).setCount(12));

    assertThat(merged.getZeroThreshold()).isEqualTo(4);
    assertThat(merged.getZeroCount()).isEqualTo(10);
    assertThat(merged.getPositive().getOffset()).isEqualTo(2);
    assertThat(merged.getPositive().getBucketCountsList()).containsExactly(3L, 9L);
  }

  @Test
  void leavesWhatIsCumulativeAndTheIndexOfEveryPointAlone() {
    Metric gauge =
        Metric.newBuilder()
            .setName("g")
            .setGauge(Gauge.newBuilder().addDataPoints(point(1)).addDataPoints(point(2)))
            .build();
    CumulativeBatch converted =
        deltas.convert(
            batch(
                gauge,
                sum(point(1).setAsInt(1), point(2).setAsDouble(-1), point(3).setAsInt(1)),
                gauge));

    assertThat(converted.summed().stream()).containsExactly(2, 4);
    assertThat(converted.rejected().stream()).containsExactly(3);
    assertThat(parse(converted.batch()).getResourceMetrics(0).getScopeMetrics(0).getMetricsList())
        .startsWith(gauge)
        .endsWith(gauge)
        .hasSize(3);
  }

  /** Guarantees: what would spoil a sum for good adds nothing. */
  @Test
  void rejectsWhatCannotBeAdded() {
    convertSum(point(1).setAsInt(1));
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      convertSum(point(2).setAsDouble(value));
    }
    convertClassic(classic(1, 0.5, 1, 2).setSum(Double.NaN));
    convertExponential(exponential(1, 0, 0, 1).setSum(Double.NEGATIVE_INFINITY));
    convertExponential(exponential(1, 0, 0, 1).setCount(9));
    convertExponential(exponential(1, -5, 0, 1));
    convertExponential(exponential(1, 0, 0, 1).clearSum());
    convertSum(point(2));
    convertSum(point(0).setAsInt(1));
    convertSum(point(2).setAsInt(1).addAttributes(OtlpSamples.attribute("ようこそ", "x")));

    assertThat(convertSum(point(3).setAsInt(1)).getAsInt()).isEqualTo(2);
    assertThat(rejectedPoints("invalid_delta")).isEqualTo(5);
    assertThat(rejectedPoints("inconsistent_buckets")).isEqualTo(1);
    assertThat(rejectedPoints("scale_too_low")).isEqualTo(1);
    assertThat(rejectedPoints("no_sum")).isEqualTo(1);
    assertThat(rejectedPoints("no_value")).isEqualTo(1);
    assertThat(rejectedPoints("no_timestamp")).isEqualTo(1);
    assertThat(rejectedPoints("invalid_label_name")).isEqualTo(1);
  }

  @Test
  void aSumThatMayGoDownTakesNegativeDeltas() {
    Metric upAndDown =
        Metric.newBuilder()
            .setName("u")
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(point(1).setAsInt(5))
                    .addDataPoints(point(2).setAsInt(-7)))
            .build();

    assertThat(convert(upAndDown).getFirst().getSum().getDataPoints(1).getAsInt()).isEqualTo(-2);
  }

  @Test
  void sendersThatDifferInNothingPrometheusSeesAreAddedUpTogether() {
    ResourceMetrics.Builder[] resources = new ResourceMetrics.Builder[2];
    for (int pid = 0; pid < 2; pid++) {
      resources[pid] = ResourceMetrics.newBuilder();
      resources[pid]
          .getResourceBuilder()
          .addAttributes(OtlpSamples.attribute("service.name", "shop"))
          .addAttributes(OtlpSamples.attribute("process.pid", pid));
      resources[pid].addScopeMetricsBuilder().addMetrics(sum(point(1).setAsInt(4)));
    }
    ExportMetricsServiceRequest converted = parse(deltas.convert(batch(resources)).batch());

    NumberDataPoint last =
        converted.getResourceMetrics(1).getScopeMetrics(0).getMetrics(0).getSum().getDataPoints(0);
    assertThat(last.getAsInt()).isEqualTo(8);
    assertThat(converted.getResourceMetrics(1).getResource().getAttributesList())
        .contains(OtlpSamples.attribute("process.pid", 1));
  }

  /** Guarantees: one tenant's deltas are not in another's sum. */
  @Test
  void sendersThatAreWrittenUnderDifferentNamesAreAddedUpApart() {
    assertThat(sumOf("a", "", 1)).isEqualTo(1);
    assertThat(sumOf("b", "", 10)).isEqualTo(10);
    assertThat(sumOf("a", "anna", 100)).isEqualTo(100);
    assertThat(sumOf("a", "", 2)).isEqualTo(3);
    assertThat(sumOf("a", "anna", 200)).isEqualTo(300);
  }

  private long sumOf(String tenant, String user, long delta) {
    OtlpBatch batch = batch(sum(point(delta).setAsInt(delta)));
    RequestContext context =
        new RequestContext(
            Map.of("x-tenant", List.of(tenant), "x-request", List.of("" + delta)),
            user.isEmpty() ? Map.of() : Map.of("username", user),
            "127.0.0.1:" + delta);
    OtlpBatch sent =
        new OtlpBatch(
            batch.bytes(),
            batch.offset(),
            batch.length(),
            batch.signal(),
            batch.items(),
            batch.arrival(),
            context,
            batch.ack());
    return parse(deltas.convert(sent).batch())
        .getResourceMetrics(0)
        .getScopeMetrics(0)
        .getMetrics(0)
        .getSum()
        .getDataPoints(0)
        .getAsInt();
  }

  @Test
  void keepsAttributesAndExemplarsAndAddsTheInstance() {
    Exemplar exemplar =
        Exemplar.newBuilder()
            .setAsInt(3)
            .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
            .build();
    OtlpBatch batch =
        batch(
            sum(
                point(1)
                    .setAsInt(1)
                    .addExemplars(exemplar)
                    .addAttributes(OtlpSamples.attribute("a", "b"))));
    NumberDataPoint point =
        parse(deltas("eu-1").convert(batch).batch())
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(0)
            .getSum()
            .getDataPoints(0);

    assertThat(point.getExemplarsList()).containsExactly(exemplar);
    assertThat(point.getAttributesList())
        .containsExactly(
            OtlpSamples.attribute("a", "b"), OtlpSamples.attribute("millrace_instance", "eu-1"));
  }

  @Test
  void rejectsSeriesBeyondTheLimitUntilOneHasExpired() {
    for (int i = 0; i < STREAMS_MAX + 1; i++) {
      convertSum(point(1).setAsInt(1).addAttributes(OtlpSamples.attribute("n", i)));
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(rejectedPoints("series_limit")).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1).plusNanos(1)); // the first is older than 5 minutes now
    NumberDataPoint added =
        convertSum(point(9).setAsInt(1).addAttributes(OtlpSamples.attribute("n", 9)));
    assertThat(added.getAsInt()).isEqualTo(1);
    assertThat(rejectedPoints("series_limit")).isEqualTo(1);
  }

  @Test
  void aSeriesThatHasExpiredStartsAnew() {
    convertSum(point(1).setAsInt(5));
    clock.advance(Duration.ofMinutes(5).plusNanos(1));
    NumberDataPoint again = convertSum(point(900).setStartTimeUnixNano(890 * SECOND).setAsInt(1));

    assertThat(again.getAsInt()).isEqualTo(1);
    assertThat(again.getStartTimeUnixNano()).isEqualTo(890 * SECOND);
  }

  @Test
  void chargesWhatItHoldsAndGivesItBack() {
    convertSum(point(1).setAsInt(1));
    long one = host.budget().used();
    convertClassic(classic(1, 0.5, 1, 2));
    double[] bounds = DoubleStream.iterate(0, n -> n + 1).limit(1000).toArray();
    HistogramDataPoint.Builder many = HistogramDataPoint.newBuilder().setTimeUnixNano(SECOND);
    DoubleStream.of(bounds).forEach(bound -> many.addExplicitBounds(bound).addBucketCounts(0));
    convertClassic(many.addBucketCounts(0).setSum(0));

    assertThat(one).isPositive();
    assertThat(host.budget().used()).isGreaterThan(one + 16_000);
    clock.advance(Duration.ofMinutes(6));
    convert();
    assertThat(host.budget().used()).isZero();
    convertSum(point(1).setAsInt(1));
    deltas.close();
    assertThat(host.budget().used()).isZero();
  }

  /** Scenario: no more deltas come. Guarantees: what was held for them is given back. */
  @Test
  void forgetsWhatHasExpiredWithoutFurtherDeltas() {
    convertSum(point(1).setAsInt(1));
    clock.advance(Duration.ofMinutes(5));
    deltas.expire();
    assertThat(host.budget().used()).isPositive();
    clock.advance(Duration.ofNanos(1));
    deltas.expire();
    assertThat(host.budget().used()).isZero();
  }

  @Test
  void theMarkerOfAnEndTakesItsPlaceInTimeAndAddsNothing() {
    convertSum(point(5).setAsInt(3));
    NumberDataPoint end = convertSum(point(5).setFlags(1));

    assertThat(end.getTimeUnixNano()).isEqualTo(5_001_000_000L);
    assertThat(end.getFlags()).isEqualTo(1);
    assertThat(convertSum(point(6).setAsInt(4)).getAsInt()).isEqualTo(7);
  }

  /** Guarantees: times never run further ahead of the points' own than a minute. */
  @Test
  void rejectsMorePointsThanThereAreMilliseconds() {
    NumberDataPoint.Builder[] points = new NumberDataPoint.Builder[60_010];
    Arrays.setAll(points, i -> point(5).setAsInt(1));
    CumulativeBatch converted = deltas.convert(batch(sum(points)));

    assertThat(converted.summed().cardinality()).isEqualTo(60_001);
    assertThat(rejectedPoints("too_many_deltas")).isEqualTo(9);
    assertThat(convertSum(point(66).setAsInt(0)).getAsInt()).isEqualTo(60_001);
  }
}
