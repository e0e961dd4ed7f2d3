package io.millrace.exporter.prometheusremotewrite;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.TableSchema;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.contract.Destination;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusRemoteWriteExporterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String QUICK =
      """
      timeout: 5s
      retry_on_failure: {initial_interval: 1ms, max_interval: 4ms}
      """;

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final AckLedger ledger = new AckLedger();
  private final List<Exporter> exporters = new ArrayList<>();
  private FakePrometheus prometheus;

  @BeforeEach
  void listen() throws IOException {
    prometheus = new FakePrometheus();
  }

  @AfterEach
  void close() {
    exporters.forEach(Exporter::shutdown);
    prometheus.close();
  }

  private Exporter start(String yaml) throws Exception {
    return startWith(QUICK + yaml);
  }

  private Exporter startWith(String yaml) throws Exception {
    Exporter exporter =
        new PrometheusRemoteWriteExporterFactory()
            .create(
                host.context("prometheusremotewrite"),
                Configs.of(prometheus.url(), yaml),
                Signal.METRICS);
    exporters.add(exporter);
    exporter.start();
    return exporter;
  }

  private static NumberDataPoint point(String series, long millis, double value) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(millis * 1_000_000)
        .setAsDouble(value)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("series")
                .setValue(AnyValue.newBuilder().setStringValue(series)))
        .build();
  }

  private static ExportMetricsServiceRequest request(Stream<NumberDataPoint> points) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    Gauge.Builder gauge =
        request
            .addResourceMetricsBuilder()
            .addScopeMetricsBuilder()
            .addMetricsBuilder()
            .setName("m")
            .getGaugeBuilder();
    points.forEach(gauge::addDataPoints);
    return request.build();
  }

  private OtlpBatch batch(NumberDataPoint... points) {
    return ledger.watch(
        OtlpSamples.batch(Signal.METRICS, request(Stream.of(points)), points.length));
  }

  private void export(Exporter exporter, OtlpBatch batch) {
    exporter.consume(batch);
    ledger.awaitAllSettled(DEADLINE);
  }

  private void assertSettled(Settlement settlement) {
    ledger.probes().getLast().assertSettledOnce(settlement);
  }

  @Test
  void sendsTheHeadersOfItsAuthenticator() throws Exception {
    host.extension(
        "login",
        (ClientAuthenticator)
            (context, result) ->
                result.accept(new Credentials.Headers(Map.of("authorization", "Bearer b"))));
    export(start("auth: {authenticator: login}"), batch(point("a", 1000, 1.5)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.lastHeaders.getFirst("Authorization")).isEqualTo("Bearer b");
  }

  @Test
  void postsOneSnappyRequestWithTheHeadersOfTheProtocol() throws Exception {
    export(start("headers: {X-Scope-OrgID: a}"), batch(point("a", 1000, 1.5)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.series())
        .containsOnly(Map.entry("__name__=m series=a", new TreeMap<>(Map.of(1000L, 1.5))));
    assertThat(prometheus.lastHeaders.getFirst("Content-Encoding")).isEqualTo("snappy");
    assertThat(prometheus.lastHeaders.getFirst("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(prometheus.lastHeaders.getFirst("X-Prometheus-Remote-Write-Version"))
        .isEqualTo("0.1.0");
    assertThat(prometheus.lastHeaders.getFirst("User-Agent")).startsWith("Millrace");
    assertThat(prometheus.lastHeaders.getFirst("X-Scope-OrgID")).isEqualTo("a");
  }

  @Test
  void encodesWhatProtobufReads() throws Exception {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("e")
        .setDescription("what it is")
        .setUnit("s")
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(
            ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(7_000_000_000L)
                .setScale(3)
                .setCount(13)
                .setSum(-2.5)
                .setZeroCount(3)
                .setPositive(
                    Buckets.newBuilder()
                        .setOffset(-2)
                        .addAllBucketCounts(List.of(3L, 1L, 0L, 0L, 0L, 1L)))
                .setNegative(Buckets.newBuilder().setOffset(4).addAllBucketCounts(List.of(5L)))
                .addExemplars(
                    Exemplar.newBuilder().setAsDouble(2).setTimeUnixNano(5_000_000_000L)));
    export(
        start("send_metadata: true"),
        ledger.watch(OtlpSamples.batch(Signal.METRICS, request.build(), 1)));

    DynamicMessage written = prometheus.last();
    Message series = TableSchema.list(written, "timeseries").getFirst();
    assertThat(FakePrometheus.labels(series)).isEqualTo("__name__=e_seconds");
    assertThat(TableSchema.list(series, "samples")).isEmpty();
    assertThat(TableSchema.list(series, "exemplars").getFirst().toString())
        .isEqualToIgnoringWhitespace("value: 2.0 timestamp: 5000");
    assertThat(TableSchema.list(series, "histograms").getFirst().toString())
        .isEqualToIgnoringWhitespace(
            """
            count_int: 13 sum: -2.5 schema: 3 zero_threshold: 1.0E-128 zero_count_int: 3
            negative_spans { offset: 5 length: 1 } negative_deltas: 5
            positive_spans { offset: -1 length: 2 } positive_spans { offset: 3 length: 1 }
            positive_deltas: 3 positive_deltas: -2 positive_deltas: 0 timestamp: 7000
            """);
    assertThat(TableSchema.list(written, "metadata").getFirst().toString())
        .isEqualToIgnoringWhitespace(
            "type: 3 metric_family_name: \"e_seconds\" help: \"what it is\" unit: \"seconds\"");
  }

  @Test
  void writesTheSamplesOfASeriesInTheOrderOfTime() throws Exception {
    export(
        start(""),
        batch(point("a", 3000, 3), point("a", 1000, 1), point("b", 1000, 9), point("a", 2000, 2)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.series().get("__name__=m series=a"))
        .containsExactly(Map.entry(1000L, 1.0), Map.entry(2000L, 2.0), Map.entry(3000L, 3.0));
    assertThat(prometheus.statuses).containsOnly(204);
  }

  @Test
  void findsTwoValuesAtOneTimeBeforePrometheusLosesOne() throws Exception {
    export(
        start(""),
        batch(
            point("a", 1000, 1),
            point("a", 1000, 2),
            point("b", 1000, 1),
            point("b", 1000, 1),
            point("c", 2000, 1),
            point("c", 1000, 1),
            point("c", 2000, 3)));

    assertSettled(Settlement.rejected("failed_translation"));
    assertThat(prometheus.samples()).isEqualTo(4);
    assertThat(prometheus.series().get("__name__=m series=a")).containsEntry(1000L, 1.0);
    assertThat(prometheus.statuses).containsOnly(204);
    assertThat(rejectedPoints("duplicate_sample")).isEqualTo(2);
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

  private static ExportMetricsServiceRequest deltas(NumberDataPoint... points) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("d")
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
        .addAllDataPoints(List.of(points));
    return request.build();
  }

  private OtlpBatch deltaBatch(NumberDataPoint... points) {
    return ledger.watch(OtlpSamples.batch(Signal.METRICS, deltas(points), points.length));
  }

  @Test
  void addsUpDeltasUnderTheNameOfTheInstance() throws Exception {
    Exporter exporter = start("delta: {instance: eu-1}");
    export(exporter, deltaBatch(point("a", 1000, 1), point("b", 1000, 5)));
    export(exporter, deltaBatch(point("a", 3000, 2), point("a", 2000, 4)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.series())
        .containsExactly(
            Map.entry(
                "__name__=d_total millrace_instance=eu-1 series=a",
                new TreeMap<>(Map.of(1000L, 1.0, 3000L, 3.0, 3001L, 7.0))),
            Map.entry(
                "__name__=d_total millrace_instance=eu-1 series=b",
                new TreeMap<>(Map.of(1000L, 5.0))));
  }

  @Test
  void addsNoNameWhereNobodyElseWritesTheSeries() throws Exception {
    export(start("delta: {single_writer: true}"), deltaBatch(point("a", 1000, 1)));

    assertThat(prometheus.series()).containsOnlyKeys("__name__=d_total series=a");
  }

  /** Guarantees: what is sent again in smaller requests is what it was, not added once more. */
  @Test
  void cutsARefusedRequestOfDeltasWithoutAddingThemAgain() throws Exception {
    prometheus.isPoison = labels -> labels.endsWith("series=s3");
    Exporter exporter =
        start("delta: {single_writer: true}\nremote_write_queue: {num_consumers: 1}");
    NumberDataPoint[] points =
        IntStream.range(0, 8)
            .mapToObj(n -> point("s" + n, 1000, n))
            .toArray(NumberDataPoint[]::new);
    export(exporter, deltaBatch(points));
    assertSettled(Settlement.rejected("permanent_error"));
    export(exporter, deltaBatch(point("s5", 2000, 1)));

    assertThat(prometheus.series()).hasSize(7);
    assertThat(prometheus.series().get("__name__=d_total series=s5"))
        .containsExactly(Map.entry(1000L, 5.0), Map.entry(2000L, 6.0));
  }

  /** Guarantees: nobody is asked to send deltas again that are in a sum already. */
  @Test
  void asksNobodyToSendAgainWhatHasBeenAddedUp() throws Exception {
    Exporter exporter =
        startWith(
            """
            retry_on_failure: {enabled: false}
            delta: {single_writer: true}
            """);
    prometheus.next.add(503);
    export(exporter, deltaBatch(point("a", 1000, 3)));
    assertSettled(Settlement.dropped("retries_exhausted"));
    export(exporter, deltaBatch(point("a", 2000, 4)));
    assertThat(prometheus.series().get("__name__=d_total series=a"))
        .containsExactly(Map.entry(2000L, 7.0));

    prometheus.next.add(503);
    export(exporter, batch(point("a", 1000, 3)));
    assertSettled(Settlement.refused("retries_exhausted", 0));
  }

  @Test
  void goesOnInTheOlderProtocolWithoutAddingDeltasAgain() throws Exception {
    prometheus.statusOfV2 = 415;
    Exporter exporter =
        start(
            """
            protobuf_message: io.prometheus.write.v2.Request
            delta: {single_writer: true}
            """);
    export(exporter, deltaBatch(point("a", 1000, 3)));
    export(exporter, deltaBatch(point("a", 2000, 4)));

    assertThat(prometheus.series().get("__name__=d_total series=a"))
        .containsExactly(Map.entry(1000L, 3.0), Map.entry(2000L, 7.0));
  }

  /**
   * Scenario: several ring threads bring deltas of the same series.
   *
   * <p>Guarantees: the sums arrive in order, and the last one is the sum of all.
   */
  @Test
  void sumsArriveInOrderWhoeverBringsTheDeltas() throws Exception {
    Exporter exporter = start("delta: {single_writer: true}");
    int threads = 4;
    int batches = 50;
    try (var ring = Executors.newFixedThreadPool(threads)) {
      for (int t = 0; t < threads; t++) {
        ring.execute(() -> {
          for (int i = 0; i < batches; i++) {
            exporter.consume(
                deltaBatch(point("a", 1000L * i + 1, 1), point("b", 1000L * i + 1, 2)));
          }
        });
      }
    }
    ledger.awaitAllSettled(DEADLINE);

    assertThat(prometheus.statuses).containsOnly(204);
    assertThat(
            Objects.requireNonNull(prometheus.series().get("__name__=d_total series=a")).values())
        .hasSize(threads * batches)
        .last()
        .isEqualTo((double) threads * batches);
    assertThat(
            Objects.requireNonNull(prometheus.series().get("__name__=d_total series=b")).values())
        .last()
        .isEqualTo(2.0 * threads * batches);
  }

  @Test
  void sendsTheRestOfABatchWithADeltaInItWhereTheyAreNotAddedUp() throws Exception {
    ExportMetricsServiceRequest both =
        request(Stream.of(point("a", 1000, 1))).toBuilder()
            .mergeFrom(deltas(point("a", 1000, 1)))
            .build();
    export(
        start("delta: {enabled: false}"), ledger.watch(OtlpSamples.batch(Signal.METRICS, both, 2)));

    assertSettled(Settlement.rejected("failed_translation"));
    assertThat(prometheus.samples()).isEqualTo(1);
    assertThat(rejectedPoints("delta_temporality")).isEqualTo(1);
  }

  /**
   * Scenario: 4 lanes, two threads, answers that are lost, 500 and 429, against Prometheus' rule.
   *
   * <p>Guarantees: no sample is lost, and nothing is out of order unless an answer was lost before.
   */
  @Test
  void keepsOrderInEveryLaneWhateverIsRetried() throws Exception {
    int batches = 60;
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      int dice = random.nextInt(10);
      prometheus.next.add(
          dice == 0 ? FakePrometheus.STORE_AND_HANG_UP : dice == 1 ? 500 : dice == 2 ? 429 : 204);
    }
    Exporter exporter = start("remote_write_queue: {num_consumers: 4}");
    for (int i = 0; i < batches; i++) {
      long time = 1000L * (i + 1);
      exporter.consume(
          batch(
              IntStream.range(0, 40)
                  .mapToObj(n -> point("s" + n % 20, time + n / 20, n))
                  .toArray(NumberDataPoint[]::new)));
    }
    ledger.awaitAllSettled(DEADLINE);

    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
    assertThat(prometheus.samples()).isEqualTo(batches * 40);
    assertThat(prometheus.series()).hasSize(20);
  }

  /** Guarantees: what goes to many lanes is there once, in items and in bytes. */
  @Test
  void holdsEachPointOnceInHoweverManyLanes() throws Exception {
    prometheus.answer(body -> Destination.Answer.TRY_AGAIN);
    Exporter exporter = start("remote_write_queue: {num_consumers: 8}");
    OtlpBatch batch =
        batch(
            IntStream.range(0, 100)
                .mapToObj(n -> point("s" + n, 1000, n))
                .toArray(NumberDataPoint[]::new));
    exporter.consume(batch);

    assertThat(exporter.heldItems()).isEqualTo(100);
    assertThat(exporter.heldBytes()).isEqualTo(batch.length());
    prometheus.answer(body -> Destination.Answer.ACCEPT);
    ledger.awaitAllSettled(DEADLINE);
    await().untilAsserted(() -> assertThat(exporter.heldItems()).isZero());
    assertThat(exporter.heldBytes()).isZero();
  }

  @Test
  void takesRepetitionAfterALostAnswerForDelivery() throws Exception {
    prometheus.next.add(FakePrometheus.STORE_AND_HANG_UP);
    export(
        start("remote_write_queue: {num_consumers: 1}"),
        batch(point("a", 1000, 1), point("a", 2000, 2)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.statuses).containsExactly(400);
    assertThat(prometheus.samples()).isEqualTo(2);
  }

  /** Guarantees: one bad item costs itself, and at most 2 log n + 2 requests. */
  @Test
  void findsOneBadItemAmongMany() throws Exception {
    prometheus.isPoison = labels -> labels.endsWith("series=s777");
    export(
        start("remote_write_queue: {num_consumers: 1}"),
        batch(
            IntStream.range(0, 1024)
                .mapToObj(n -> point("s" + n, 1000, n))
                .toArray(NumberDataPoint[]::new)));

    assertSettled(Settlement.rejected("permanent_error"));
    assertThat(prometheus.samples()).isEqualTo(1023);
    assertThat(prometheus.attempts()).isLessThanOrEqualTo(2 * 10 + 2);
  }

  @Test
  void letsOnlyTheSenderPayWhoseItemIsRejected() throws Exception {
    prometheus.isPoison = labels -> labels.endsWith("series=s3");
    List<AckShare> shares = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shares.add(new AckShare(ledger.open(), 2));
    }
    OtlpBatch samples =
        OtlpSamples.batch(
            Signal.METRICS, request(IntStream.range(0, 6).mapToObj(n -> point("s" + n, 1, n))), 6);
    export(start(""), samples.withAck(Ack.join(shares)));

    List<AckProbe> senders = ledger.probes();
    senders.get(0).assertSettledOnce(Settlement.DELIVERED);
    senders.get(1).assertSettledOnce(Settlement.rejected("permanent_error"));
    senders.get(2).assertSettledOnce(Settlement.DELIVERED);
    assertThat(prometheus.samples()).isEqualTo(5);
  }

  @Test
  void halvesWhatIsTooLarge() throws Exception {
    prometheus.next.addAll(List.of(413, 413));
    export(
        start("remote_write_queue: {num_consumers: 1}"),
        batch(
            IntStream.range(0, 8)
                .mapToObj(n -> point("s" + n, 1000, n))
                .toArray(NumberDataPoint[]::new)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.samples()).isEqualTo(8);
    assertThat(prometheus.attempts()).isEqualTo(5);
  }

  @Test
  void keepsRequestsBelowTheConfiguredSize() throws Exception {
    export(
        start("max_batch_size_bytes: 200\nremote_write_queue: {num_consumers: 1}"),
        batch(
            IntStream.range(0, 32)
                .mapToObj(n -> point("s" + n, 1000, n))
                .toArray(NumberDataPoint[]::new)));

    assertSettled(Settlement.DELIVERED);
    assertThat(prometheus.samples()).isEqualTo(32);
    assertThat(prometheus.accepted()).allMatch(body -> body.length <= 200);
  }

  @Test
  void neverWritesTargetInfoInThePast() throws Exception {
    Exporter exporter = start("remote_write_queue: {num_consumers: 1}");
    for (long millis : new long[] {2000, 1000, 3000}) {
      ExportMetricsServiceRequest.Builder request =
          request(Stream.of(point("s" + millis, millis, 1))).toBuilder();
      for (String key : List.of("service.name", "host.name")) {
        request
            .getResourceMetricsBuilder(0)
            .getResourceBuilder()
            .addAttributes(
                KeyValue.newBuilder()
                    .setKey(key)
                    .setValue(AnyValue.newBuilder().setStringValue("x")));
      }
      export(exporter, ledger.watch(OtlpSamples.batch(Signal.METRICS, request.build(), 1)));
    }

    // target_info goes in a lane of its own, and no ack waits for it
    await()
        .untilAsserted(() ->
            assertThat(prometheus.series().get("__name__=target_info host_name=x job=x"))
                .containsOnlyKeys(2000L, 3000L));
    assertThat(prometheus.statuses).containsOnly(204);
  }

  @Test
  void takesMetricsAlone() {
    assertThatThrownBy(() ->
            new PrometheusRemoteWriteExporterFactory()
                .create(
                    host.context("prometheusremotewrite"),
                    Configs.of(prometheus.url(), ""),
                    Signal.LOGS))
        .hasMessageContaining("metrics");
  }
}
