package io.millrace.exporter.promtranslation;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.exporter.promtranslation.TranslationConfig.Promotion;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
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
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A sentence of the translation rules each. */
class MetricTranslatorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TranslationConfig PLAIN = config(Promotion.NONE, Map.of(), false, false);

  private static TranslationConfig config(
      Promotion promotion, Map<String, String> external, boolean targetInfo, boolean scopes) {
    return new TranslationConfig(
        TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
        "",
        true,
        true,
        promotion,
        external,
        targetInfo,
        scopes,
        false,
        false,
        false,
        false);
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static NumberDataPoint.Builder point(long value, KeyValue... attributes) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(7 * SECOND)
        .setAsInt(value)
        .addAllAttributes(List.of(attributes));
  }

  private static Metric gauge(NumberDataPoint.Builder... points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (NumberDataPoint.Builder point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName("m").setGauge(gauge).build();
  }

  private static Metric counter(NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("m")
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point))
        .build();
  }

  private static Metric histogram(HistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("h")
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point.setTimeUnixNano(7 * SECOND)))
        .build();
  }

  private static Metric exponential(ExponentialHistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("e")
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point.setTimeUnixNano(7 * SECOND)))
        .build();
  }

  private static ExponentialHistogramDataPoint.Builder exponentialPoint() {
    return ExponentialHistogramDataPoint.newBuilder()
        .setScale(0)
        .setCount(6)
        .setSum(12.5)
        .setZeroCount(1)
        .setPositive(Buckets.newBuilder().addAllBucketCounts(List.of(2L, 3L)));
  }

  private static ResourceMetrics.Builder resource(Metric metric, KeyValue... attributes) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
    resource.getResourceBuilder().addAllAttributes(List.of(attributes));
    resource.addScopeMetricsBuilder().addMetrics(metric);
    return resource;
  }

  private static List<String> translate(TranslationConfig config, ResourceMetrics.Builder... all) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (ResourceMetrics.Builder resource : all) {
      request.addResourceMetrics(resource);
    }
    TextSink sink = new TextSink();
    new MetricTranslator(config, sink)
        .translate(OtlpSamples.batch(Signal.METRICS, request.build(), 1));
    return sink.lines;
  }

  private static List<String> translate(Metric metric) {
    return translate(PLAIN, resource(metric));
  }

  @Test
  void sortsLabelsByNameWithTheMetricsNameAmongThem() {
    assertThat(
            translate(
                gauge(point(3, attribute("b", "2"), attribute("Z", "0"), attribute("a.x", "1")))))
        .containsExactly("m{Z=\"0\",a_x=\"1\",b=\"2\"} 3.0 @7000");
  }

  @Test
  void joinsTheValuesOfKeysThatBecomeOneLabelInTheOrderOfTheKeys() {
    assertThat(
            translate(
                gauge(point(3, attribute("a_x", "2"), attribute("c", "3"), attribute("a.x", "1")))))
        .containsExactly("m{a_x=\"1;2\",c=\"3\"} 3.0 @7000");
  }

  @Test
  void leavesOutLabelsWithoutValueAndTheReservedName() {
    assertThat(translate(gauge(point(3, attribute("a", ""), attribute("__name__", "other")))))
        .containsExactly("m{} 3.0 @7000");
  }

  @Test
  void writesValuesThatAreNoTextAsText() {
    KeyValue list =
        KeyValue.newBuilder()
            .setKey("l")
            .setValue(
                AnyValue.newBuilder()
                    .setArrayValue(
                        ArrayValue.newBuilder()
                            .addValues(AnyValue.newBuilder().setIntValue(-1))
                            .addValues(AnyValue.newBuilder().setStringValue("a\"b"))
                            .addValues(AnyValue.newBuilder())))
            .build();
    KeyValue bool =
        KeyValue.newBuilder()
            .setKey("t")
            .setValue(AnyValue.newBuilder().setBoolValue(true))
            .build();
    assertThat(translate(gauge(point(3, list, bool))))
        .containsExactly("m{l=\"[-1,\"a\\\"b\",null]\",t=\"true\"} 3.0 @7000");
  }

  @Test
  void aKeyThatLeavesNoNameCostsItsPointAlone() {
    assertThat(translate(gauge(point(1, attribute("ようこそ", "v")), point(2, attribute("a", "b")))))
        .containsExactly("! invalid_label_name m", "m{a=\"b\"} 2.0 @7000");
  }

  @Test
  void jobAndInstanceComeFromTheServiceAndWinOverThePoint() {
    ResourceMetrics.Builder resource =
        resource(
            gauge(point(3, attribute("job", "mine"), attribute("instance", "mine"))),
            attribute("service.name", "shop"),
            attribute("service.namespace", "eu"),
            attribute("service.instance.id", "i-1"));
    assertThat(translate(PLAIN, resource))
        .containsExactly("m{instance=\"i-1\",job=\"eu/shop\"} 3.0 @7000");
  }

  @Test
  void promotedAttributesAndExternalLabelsYieldToThePoint() {
    TranslationConfig config =
        config(
            new Promotion(false, List.of("k8s.pod.name", "zone")),
            Map.of("cluster", "c1", "a", "external", "zone", "external"),
            false,
            false);
    ResourceMetrics.Builder resource =
        resource(
            gauge(point(3, attribute("a", "point"), attribute("k8s_pod_name", "point"))),
            attribute("k8s.pod.name", "resource"),
            attribute("zone", "resource"),
            attribute("other", "not promoted"));
    assertThat(translate(config, resource))
        .containsExactly(
            "m{a=\"point\",cluster=\"c1\",k8s_pod_name=\"point\",zone=\"resource\"} 3.0 @7000");
  }

  @Test
  void promotesEverythingButWhatIsExcluded() {
    TranslationConfig config = config(new Promotion(true, List.of("pid")), Map.of(), false, false);
    ResourceMetrics.Builder resource =
        resource(gauge(point(3)), attribute("host.name", "h"), attribute("pid", "1"));
    assertThat(translate(config, resource)).containsExactly("m{host_name=\"h\"} 3.0 @7000");
  }

  @Test
  void scopeLabelsWinOverThePoint() {
    ResourceMetrics.Builder resource =
        resource(gauge(point(3, attribute("otel_scope_name", "mine"))));
    resource
        .getScopeMetricsBuilder(0)
        .setSchemaUrl("s")
        .setScope(
            InstrumentationScope.newBuilder()
                .setName("lib")
                .setVersion("1")
                .addAttributes(attribute("build.id", "b"))
                .addAttributes(attribute("name", "collides")));
    assertThat(translate(config(Promotion.NONE, Map.of(), false, true), resource))
        .containsExactly(
            "m{otel_scope_build_id=\"b\",otel_scope_name=\"lib\",otel_scope_schema_url=\"s\","
                + "otel_scope_version=\"1\"} 3.0 @7000");
  }

  @Test
  void aScopeWithoutNameAddsNothing() {
    ResourceMetrics.Builder resource = resource(gauge(point(3)));
    resource.getScopeMetricsBuilder(0).getScopeBuilder().setVersion("1");
    assertThat(translate(config(Promotion.NONE, Map.of(), false, true), resource))
        .containsExactly("m{} 3.0 @7000");
  }

  @Test
  void targetInfoHasTheRestOfTheResourceAtItsLatestTime() {
    ResourceMetrics.Builder resource =
        resource(
            gauge(point(3), point(4, attribute("a", "b")).setTimeUnixNano(9 * SECOND)),
            attribute("service.name", "shop"),
            attribute("host.name", "h"));
    assertThat(translate(config(Promotion.NONE, Map.of("x", "y"), true, false), resource))
        .contains("target_info{host_name=\"h\",job=\"shop\",x=\"y\"} 1.0 @9000");
  }

  @Test
  void thereIsNoTargetInfoWithoutIdentityOrWithoutAnythingToTell() {
    TranslationConfig config = config(Promotion.NONE, Map.of(), true, false);
    assertThat(translate(config, resource(gauge(point(3)), attribute("host.name", "h"))))
        .hasSize(1);
    assertThat(translate(config, resource(gauge(point(3)), attribute("service.name", "s"))))
        .hasSize(1);
  }

  @Test
  void truncatesTimesToMilliseconds() {
    assertThat(translate(gauge(point(3).setTimeUnixNano(7 * SECOND + 1_999_999))))
        .containsExactly("m{} 3.0 @7001");
  }

  @Test
  void marksAPointWithoutRecordedValueAsStaleWhateverItsValue() {
    assertThat(translate(gauge(point(3).setFlags(1)))).containsExactly("m{} stale @7000");
    assertThat(
            translate(
                histogram(
                    HistogramDataPoint.newBuilder()
                        .setFlags(1)
                        .setSum(0)
                        .addExplicitBounds(1)
                        .addAllBucketCounts(List.of(0L, 0L)))))
        .containsExactly(
            "h_sum{} stale @7000",
            "h_count{} stale @7000",
            "h_bucket{le=\"1\"} stale @7000",
            "h_bucket{le=\"+Inf\"} stale @7000");
    assertThat(translate(exponential(exponentialPoint().setFlags(1))))
        .containsExactly(
            "e{} count:0 sum:stale schema:0 zero:1.0E-128/0 positive:0 negative:0 @7000");
  }

  @Test
  void refusesPointsWithoutValueOrTime() {
    assertThat(translate(gauge(point(3).clearValue()))).containsExactly("! no_value m");
    assertThat(translate(gauge(point(3).setTimeUnixNano(0)))).containsExactly("! no_timestamp m");
  }

  @Test
  void refusesDeltaAndUnknownTemporalityMetricByMetric() {
    Metric delta =
        counter(point(1)).toBuilder()
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(point(1)))
            .build();
    Metric unspecified =
        Metric.newBuilder().setName("u").setSum(Sum.newBuilder().addDataPoints(point(1))).build();
    ResourceMetrics.Builder resource = resource(delta);
    resource.getScopeMetricsBuilder(0).addMetrics(unspecified).addMetrics(gauge(point(5)));
    assertThat(translate(PLAIN, resource))
        .containsExactly("! delta_temporality m", "! unspecified_temporality u", "m{} 5.0 @7000");
  }

  @Test
  void addsUpTheCountsOfClassicBucketsAndGivesEachExemplarToItsBucket() {
    assertThat(
            translate(
                histogram(
                    HistogramDataPoint.newBuilder()
                        .setSum(12.5)
                        .setCount(10)
                        .addAllExplicitBounds(List.of(0.005, 1.0, 1e21))
                        .addAllBucketCounts(List.of(1L, 2L, 3L, 4L))
                        .addExemplars(
                            Exemplar.newBuilder().setAsDouble(2e21).setTimeUnixNano(SECOND))
                        .addExemplars(Exemplar.newBuilder().setAsInt(1).setTimeUnixNano(SECOND))
                        .addExemplars(Exemplar.newBuilder().setTimeUnixNano(SECOND)))))
        .containsExactly(
            "h_sum{} 12.5 @7000",
            "h_count{} 10.0 @7000",
            "h_bucket{le=\"0.005\"} 1.0 @7000",
            "h_bucket{le=\"1\"} 3.0 @7000",
            "# {} 1.0 @1000",
            "h_bucket{le=\"1000000000000000000000\"} 6.0 @7000",
            "h_bucket{le=\"+Inf\"} 10.0 @7000",
            "# {} 2.0E21 @1000");
  }

  @Test
  void aHistogramWithoutBucketsOrSumHasCountAlone() {
    assertThat(translate(histogram(HistogramDataPoint.newBuilder().setCount(4))))
        .containsExactly("h_count{} 4.0 @7000", "h_bucket{le=\"+Inf\"} 4.0 @7000");
  }

  @Test
  void theBoundTakesThePlaceOfALabelOfThePoint() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setCount(4)
            .addAttributes(attribute("le", "mine"))
            .addAttributes(attribute("z", "z"));
    assertThat(translate(histogram(point)))
        .containsExactly(
            "h_count{le=\"mine\",z=\"z\"} 4.0 @7000", "h_bucket{le=\"+Inf\",z=\"z\"} 4.0 @7000");
  }

  @Test
  void aSummaryHasASeriesPerQuantile() {
    SummaryDataPoint.Builder point =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(7 * SECOND)
            .setCount(2)
            .setSum(3)
            .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(5))
            .addAttributes(attribute("a", "b"));
    Metric metric =
        Metric.newBuilder()
            .setName("s")
            .setUnit("s")
            .setSummary(Summary.newBuilder().addDataPoints(point))
            .build();
    assertThat(translate(metric))
        .containsExactly(
            "s_seconds_sum{a=\"b\"} 3.0 @7000",
            "s_seconds_count{a=\"b\"} 2.0 @7000",
            "s_seconds{a=\"b\",quantile=\"0.99\"} 5.0 @7000");
  }

  @Test
  void anExponentialHistogramBecomesANativeOne() {
    assertThat(translate(exponential(exponentialPoint().setZeroThreshold(0.25))))
        .containsExactly("e{} count:6 sum:12.5 schema:0 zero:0.25/1 positive:5 negative:0 @7000");
    assertThat(translate(exponential(exponentialPoint().setScale(20))))
        .containsExactly(
            "e{} count:6 sum:12.5 schema:8 zero:1.0E-128/1 positive:5 negative:0 @7000");
  }

  @Test
  void refusesExponentialHistogramsThatPrometheusWouldRefuse() {
    assertThat(translate(exponential(exponentialPoint().setScale(-5))))
        .containsExactly("! scale_too_low e");
    assertThat(translate(exponential(exponentialPoint().clearSum()))).containsExactly("! no_sum e");
    assertThat(translate(exponential(exponentialPoint().setCount(7))))
        .containsExactly("! inconsistent_buckets e");
    assertThat(translate(exponential(exponentialPoint().setCount(7).setSum(Double.NaN))))
        .hasSize(1)
        .allMatch(line -> line.startsWith("e{} count:7 sum:NaN"));
  }

  @Test
  void exemplarsOfCountersCarryTheirTraceAndShortAttributes() {
    ByteString trace =
        ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    Exemplar exemplar =
        Exemplar.newBuilder()
            .setAsDouble(0.5)
            .setTraceId(trace)
            .setSpanId(trace.substring(0, 8))
            .addFilteredAttributes(attribute("user", "u1"))
            .build();
    String ids = "span_id=\"0102030405060708\",trace_id=\"0102030405060708090a0b0c0d0e0f10\"";
    assertThat(translate(counter(point(3).addExemplars(exemplar))))
        .containsExactly("m_total{} 3.0 @7000", "# {" + ids + ",user=\"u1\"} 0.5 @7000");
    Exemplar longer =
        exemplar.toBuilder().addFilteredAttributes(attribute("long", "x".repeat(128))).build();
    assertThat(translate(counter(point(3).addExemplars(longer))))
        .containsExactly("m_total{} 3.0 @7000", "# {" + ids + "} 0.5 @7000");
    assertThat(translate(gauge(point(3).addExemplars(exemplar)))).hasSize(1);
  }

  @Test
  void ordinaryNanIsNeverTheStaleMarker() {
    double marker = Double.longBitsToDouble(SampleValue.STALE);
    assertThat(translate(gauge(point(0).setAsDouble(marker)))).containsExactly("m{} NaN @7000");
  }

  @Test
  void createdSeriesSaySinceWhenInSeconds() {
    TranslationConfig config =
        new TranslationConfig(
            TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
            "ns",
            true,
            true,
            Promotion.NONE,
            Map.of(),
            false,
            false,
            true,
            true,
            false,
            false);
    assertThat(translate(config, resource(counter(point(3).setStartTimeUnixNano(SECOND / 2)))))
        .containsExactly("ns_m_total{} 3.0 @7000", "ns_m_created{} 0.5 @7000");
    assertThat(
            translate(
                config,
                resource(
                    histogram(
                        HistogramDataPoint.newBuilder()
                            .addExplicitBounds(1)
                            .addAllBucketCounts(LongStream.of(0, 0).boxed().toList())))))
        .contains("ns_h_bucket{le=\"1.0\"} 0.0 @7000");
  }

  /** Guarantees: bytes are compared, not UTF-16 units, of which surrogates sort before U+E000. */
  @Test
  void sortsLabelsByTheirBytes() {
    TranslationConfig keepsUtf8 =
        new TranslationConfig(
            TranslationStrategy.NO_TRANSLATION,
            "",
            true,
            true,
            Promotion.NONE,
            Map.of(),
            false,
            false,
            false,
            false,
            false,
            false);
    String astral = "\ud83d\ude00";
    String privateUse = "\uf8ff";
    assertThat(
            translate(
                keepsUtf8,
                resource(gauge(point(1, attribute(astral, "a"), attribute(privateUse, "b"))))))
        .containsExactly("m{" + privateUse + "=\"b\"," + astral + "=\"a\"} 1.0 @7000");
  }

  @Test
  void aSumThatMayGoDownIsAGaugeWithoutExemplars() {
    Metric sum =
        counter(point(3).addExemplars(Exemplar.newBuilder().setAsInt(1))).toBuilder()
            .setUnit("1")
            .setName("open")
            .build();
    Metric upAndDown =
        sum.toBuilder().setSum(sum.getSum().toBuilder().setIsMonotonic(false)).build();
    assertThat(translate(upAndDown)).containsExactly("open{} 3.0 @7000");
  }

  @Test
  void aPointOfAnotherMetricGoesOnWhereOneHasNoName() {
    ResourceMetrics.Builder resource =
        resource(gauge(point(1)).toBuilder().setName("@#$%").build());
    resource.getScopeMetricsBuilder(0).addMetrics(gauge(point(2)));
    assertThat(translate(PLAIN, resource))
        .containsExactly("! invalid_metric_name @#$%", "m{} 2.0 @7000");
  }

  @Test
  void aMetricWithoutPointsHasNoSeries() {
    assertThat(translate(gauge())).isEmpty();
  }

  @Test
  void jobIsTheNameAloneWithoutNamespaceAndNoLabelWithoutName() {
    assertThat(translate(PLAIN, resource(gauge(point(3)), attribute("service.name", "shop"))))
        .containsExactly("m{job=\"shop\"} 3.0 @7000");
    assertThat(translate(PLAIN, resource(gauge(point(3)), attribute("service.namespace", "eu"))))
        .containsExactly("m{} 3.0 @7000");
  }

  /** As a well-known set of golden data has it. */
  @Test
  void aHistogramWithAsManyCountsAsBoundsHasABucketPerPair() {
    assertThat(
            translate(
                histogram(
                    HistogramDataPoint.newBuilder()
                        .setCount(7)
                        .addAllExplicitBounds(List.of(1.0, 2.0, 3.0))
                        .addAllBucketCounts(List.of(1L, 2L)))))
        .containsExactly(
            "h_count{} 7.0 @7000",
            "h_bucket{le=\"1\"} 1.0 @7000",
            "h_bucket{le=\"2\"} 3.0 @7000",
            "h_bucket{le=\"+Inf\"} 7.0 @7000");
  }

  @Test
  void idsOfAnExemplarWinOverAttributesAndZeroIdsAreNone() {
    ByteString id = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
    Exemplar.Builder exemplar =
        Exemplar.newBuilder()
            .setAsInt(2)
            .setTimeUnixNano(5 * SECOND)
            .setTraceId(id)
            .setSpanId(ByteString.copyFrom(new byte[8]))
            .addFilteredAttributes(attribute("trace_id", "mine"))
            .addFilteredAttributes(attribute("not.sanitized", "x"));
    assertThat(translate(counter(point(3).addExemplars(exemplar))))
        .containsExactly(
            "m_total{} 3.0 @7000",
            "# {not.sanitized=\"x\",trace_id=\"0102030405060708090a0b0c0d0e0f10\"} 2.0 @5000");
  }

  @Test
  void aSummaryHasNoExemplarsAndEveryQuantileItsBound() {
    Metric metric =
        Metric.newBuilder()
            .setName("s")
            .setSummary(
                Summary.newBuilder()
                    .addDataPoints(
                        SummaryDataPoint.newBuilder()
                            .setTimeUnixNano(7 * SECOND)
                            .addQuantileValues(ValueAtQuantile.newBuilder().setValue(1))
                            .addQuantileValues(
                                ValueAtQuantile.newBuilder().setQuantile(1).setValue(9))))
            .build();
    assertThat(translate(metric))
        .contains("s{quantile=\"0\"} 1.0 @7000", "s{quantile=\"1\"} 9.0 @7000");
  }

  @Test
  void targetInfoHasNeitherScopeNorPromotedNorServiceAttributes() {
    ResourceMetrics.Builder resource =
        resource(
            gauge(point(3)),
            attribute("service.name", "shop"),
            attribute("service.namespace", "eu"),
            attribute("service.instance.id", "i"),
            attribute("zone", "z"));
    resource.getScopeMetricsBuilder(0).getScopeBuilder().setName("lib");
    TranslationConfig config = config(new Promotion(false, List.of("zone")), Map.of(), true, true);
    assertThat(translate(config, resource))
        .containsExactly(
            "m{instance=\"i\",job=\"eu/shop\",otel_scope_name=\"lib\",zone=\"z\"} 3.0 @7000",
            "target_info{instance=\"i\",job=\"eu/shop\",zone=\"z\"} 1.0 @7000");
  }

  private static TranslationConfig typeAndUnit() {
    return new TranslationConfig(
        TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
        "",
        true,
        true,
        new Promotion(true, List.of()),
        Map.of(),
        false,
        false,
        false,
        false,
        false,
        true);
  }

  @Test
  void seriesCarryTheirTypeAndUnitWhereWanted() {
    Metric summary =
        Metric.newBuilder()
            .setName("s")
            .setUnit("By/s")
            .setSummary(
                Summary.newBuilder()
                    .addDataPoints(SummaryDataPoint.newBuilder().setTimeUnixNano(7 * SECOND)))
            .build();
    assertThat(translate(typeAndUnit(), resource(counter(point(3, attribute("Z", "z"))))))
        .containsExactly("m_total{Z=\"z\",__type__=\"counter\"} 3.0 @7000");
    assertThat(translate(typeAndUnit(), resource(summary)))
        .containsExactly(
            "s_bytes_per_second_sum{__type__=\"summary\",__unit__=\"bytes_per_second\"} 0.0 @7000",
            "s_bytes_per_second_count{__type__=\"summary\",__unit__=\"bytes_per_second\"} 0.0 @7000");
    Metric unknown =
        gauge(point(1)).toBuilder().addMetadata(attribute("prometheus.type", "unknown")).build();
    assertThat(translate(typeAndUnit(), resource(unknown))).containsExactly("m{} 1.0 @7000");
  }

  /** Guarantees: labels stay in the order of their names, and none is there twice. */
  @Test
  void labelsThatBelongAmongNameTypeAndUnitAreNotForPoints() {
    assertThat(
            translate(
                typeAndUnit(),
                resource(
                    gauge(
                        point(1, attribute("__type__", "mine")),
                        point(2, attribute("__reserved__", "x")),
                        point(3, attribute("__zone__", "x"))),
                    attribute("__unit__", "mine"))))
        .containsExactly(
            "! invalid_label_name m",
            "! invalid_label_name m",
            "m{__type__=\"gauge\",__zone__=\"x\"} 3.0 @7000");
  }

  /** Guarantees: whatever could be one series stays in one lane. */
  @Test
  void seriesThatCouldCollideShareALane() {
    TextSink sink = new TextSink();
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request.addResourceMetrics(
        resource(histogram(HistogramDataPoint.newBuilder().addAttributes(attribute("a", "b")))));
    request.addResourceMetrics(
        resource(
            Metric.newBuilder()
                .setName("h_bucket")
                .setGauge(
                    Gauge.newBuilder()
                        .addDataPoints(point(3, attribute("le", "+Inf"), attribute("a", "b"))))
                .build()));
    new MetricTranslator(PLAIN, sink)
        .translate(OtlpSamples.batch(Signal.METRICS, request.build(), 2));
    assertThat(sink.lanes).hasSize(2);
    assertThat(sink.lanes.get(0)).isEqualTo(sink.lanes.get(1));
  }
}
