package io.millrace.exporter.prometheus;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a scraper sees of what was exported. */
class PrometheusExporterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  private final ManualClock clock = new ManualClock();
  private final FakeHost host = new FakeHost(clock);
  private final AckLedger ledger = new AckLedger();
  private final HttpClient client = HttpClient.newHttpClient();
  private PrometheusExporter exporter = create("");

  @AfterEach
  void close() {
    client.close();
    exporter.shutdown();
    assertThat(host.budget().used()).isZero();
  }

  private void start(String yaml) throws Exception {
    exporter = create(yaml);
    exporter.start();
  }

  private PrometheusExporter create(String yaml) {
    return new PrometheusExporter(
        host.context("prometheus"), Configs.of("endpoint: localhost:0\n" + yaml));
  }

  private HttpResponse<byte[]> get(String accept, String encoding) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + exporter.port() + "/metrics"))
            .header("Accept", accept)
            .header("Accept-Encoding", encoding)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private String scrape(String accept) throws Exception {
    HttpResponse<byte[]> response = get(accept, "identity");
    assertThat(response.statusCode()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private String scrape() throws Exception {
    return scrape("text/plain");
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static NumberDataPoint.Builder point(long seconds, double value, KeyValue... labels) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(seconds * SECOND)
        .setAsDouble(value)
        .addAllAttributes(List.of(labels));
  }

  private static Metric gauge(String name, NumberDataPoint.Builder... points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (NumberDataPoint.Builder point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setGauge(gauge).build();
  }

  private static Metric counter(
      String name, AggregationTemporality temporality, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(temporality)
                .addDataPoints(point))
        .build();
  }

  private static Metric histogram(
      AggregationTemporality temporality, long seconds, long... counts) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(seconds * SECOND)
            .addExplicitBounds(0.5)
            .addExplicitBounds(1)
            .setSum(1.5)
            .addExemplars(
                Exemplar.newBuilder()
                    .setAsDouble(0.75)
                    .setTimeUnixNano(1500 * SECOND / 1000)
                    .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10")));
    long all = 0;
    for (long count : counts) {
      point.addBucketCounts(count);
      all += count;
    }
    return Metric.newBuilder()
        .setName("h")
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(temporality)
                .addDataPoints(point.setCount(all)))
        .build();
  }

  private Settlement export(int items, ResourceMetrics.Builder resource) {
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder().addResourceMetrics(resource).build();
    OtlpBatch batch = ledger.watch(OtlpSamples.batch(Signal.METRICS, request, items));
    exporter.consume(batch);
    return requireNonNull(ledger.probes().getLast().settlement());
  }

  private Settlement export(int items, Metric... metrics) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
    resource.addScopeMetricsBuilder().addAllMetrics(List.of(metrics));
    return export(items, resource);
  }

  private long count(String name, String... more) {
    String[] labels = new String[2 + more.length];
    labels[0] = "exporter";
    labels[1] = "prometheus";
    System.arraycopy(more, 0, labels, 2, more.length);
    return host.metrics().counter(name, "", labels).value();
  }

  @Test
  void showsTheLastValueOfEverySeriesFamilyByFamily() throws Exception {
    start("const_labels: {region: eu}");
    export(1, gauge("b", point(1, 1)));
    export(2, gauge("b", point(2, 2.5)), gauge("a", point(1, 7, attribute("x", "q\"\n\\"))));

    assertThat(scrape())
        .isEqualTo(
            """
            # TYPE a gauge
            a{region="eu",x="q\\"\\n\\\\"} 7
            # TYPE b gauge
            b{region="eu"} 2.5
            """);
  }

  @Test
  void keepsTheLaterOfTwoPointsInWhateverOrderTheyCome() throws Exception {
    start("send_timestamps: true");
    export(1, gauge("g", point(9, 1)));
    export(1, gauge("g", point(8, 2)));

    assertThat(scrape()).contains("g{} 1 9000\n");
  }

  @Test
  void showsOpenMetricsWithExemplarsWhereEnabled() throws Exception {
    start("enable_open_metrics: true");
    export(
        2,
        histogram(AGGREGATION_TEMPORALITY_CUMULATIVE, 1, 1, 2, 1),
        counter("c", AGGREGATION_TEMPORALITY_CUMULATIVE, point(1, 3)));

    assertThat(scrape(OPEN_METRICS))
        .isEqualTo(
            """
            # TYPE c counter
            c_total{} 3
            # TYPE h histogram
            h_bucket{le="0.5"} 1
            h_bucket{le="1.0"} 3 # {trace_id="0102030405060708090a0b0c0d0e0f10"} 0.75 1.500
            h_bucket{le="+Inf"} 4
            h_sum{} 1.5
            h_count{} 4
            # EOF
            """);
    assertThat(scrape()).contains("h_bucket{le=\"1\"} 3\n").doesNotContain("trace_id");
  }

  @Test
  void speaksTextWithThoseWhoPreferOpenMetricsUnlessEnabled() throws Exception {
    start("");
    assertThat(get(OPEN_METRICS + ", */*;q=0.1", "identity").headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void compressesWhatMayBeCompressed() throws Exception {
    start("");
    export(1, gauge("g", point(1, 1)));
    HttpResponse<byte[]> response = get("*/*", "gzip");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(plain.readAllBytes()).asString().isEqualTo("# TYPE g gauge\ng{} 1\n");
    }
  }

  @Test
  void sumsDeltasInWhateverOrderTheyCome() throws Exception {
    start("send_timestamps: true");
    for (long seconds : new long[] {2, 1, 3}) {
      export(
          2,
          counter("c", AGGREGATION_TEMPORALITY_DELTA, point(seconds, (double) seconds)),
          histogram(AGGREGATION_TEMPORALITY_DELTA, seconds, 1, 0, seconds));
    }

    assertThat(scrape())
        .contains("c_total{} 6 3000\n")
        .contains("h_bucket{le=\"0.5\"} 3 3000\n")
        .contains("h_bucket{le=\"+Inf\"} 9 3000\n")
        .contains("h_sum{} 4.5 3000\n")
        .contains("h_count{} 9 3000\n");
  }

  /** Guarantees: two senders whose deltas are one series are added up, and no conflict. */
  @Test
  void addsUpDeltasOfSendersThatDifferInNothingItShows() throws Exception {
    start("");
    for (int pid = 1; pid <= 2; pid++) {
      ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
      resource.getResourceBuilder().addAttributes(attribute("process.pid", "" + pid));
      resource
          .addScopeMetricsBuilder()
          .addMetrics(counter("c", AGGREGATION_TEMPORALITY_DELTA, point(1, pid)));
      assertThat(export(1, resource)).isEqualTo(Settlement.DELIVERED);
    }

    assertThat(scrape()).contains("c_total{} 3\n");
    assertThat(count("otelcol_exporter_prometheus_conflicts")).isZero();
  }

  @Test
  void forgetsASeriesThatGetsNothingAndOneThatHasEnded() throws Exception {
    start("metric_expiration: 1m");
    export(1, gauge("old", point(1, 1)));
    clock.advance(Duration.ofSeconds(40));
    export(2, gauge("young", point(1, 1)), gauge("ended", point(1, 1)));
    export(1, gauge("ended", point(2, 0).setFlags(1)));
    clock.advance(Duration.ofSeconds(21));

    assertThat(scrape()).isEqualTo("# TYPE young gauge\nyoung{} 1\n");
  }

  /** Guarantees: a name of two types costs the later one alone, never the scrape. */
  @Test
  void rejectsAPointWhoseNameHasAnotherType() throws Exception {
    start("");
    export(1, counter("x", AGGREGATION_TEMPORALITY_CUMULATIVE, point(1, 1)));
    Settlement settlement = export(2, gauge("x_total", point(1, 5)), gauge("y", point(1, 2)));

    assertThat(settlement).isEqualTo(Settlement.rejected("failed_translation"));
    assertThat(scrape()).contains("x_total{} 1\n").contains("y{} 2\n");
    assertThat(
            count("otelcol_exporter_prometheus_failed_translations", "reason", "conflicting_type"))
        .isEqualTo(1);
  }

  /** Guarantees: two resources with one label set show the later point, and are counted. */
  @Test
  void countsTwoResourcesWithTheSameSeries() throws Exception {
    start("");
    for (int pid = 1; pid <= 2; pid++) {
      ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
      resource.getResourceBuilder().addAttributes(attribute("process.pid", "" + pid));
      resource.addScopeMetricsBuilder().addMetrics(gauge("g", point(pid, pid)));
      assertThat(export(1, resource)).isEqualTo(Settlement.DELIVERED);
    }

    assertThat(scrape()).isEqualTo("# TYPE g gauge\ng{} 2\n");
    assertThat(count("otelcol_exporter_prometheus_conflicts")).isEqualTo(1);
  }

  /** Guarantees: what is there goes on, what is new is rejected, what expired makes room. */
  @Test
  void holdsNoMoreThanTheBound() throws Exception {
    start("max_bytes: 20000\nmetric_expiration: 1m");
    int shown = 0;
    for (int i = 0; i < 1000; i++) {
      Settlement settlement = export(1, gauge("g", point(1, i, attribute("n", "" + i))));
      shown += settlement.equals(Settlement.DELIVERED) ? 1 : 0;
    }
    assertThat(shown).isBetween(5, 50);
    assertThat(host.budget().used()).isLessThan(22_000);
    assertThat(export(1, gauge("g", point(2, 8, attribute("n", "0")))))
        .isEqualTo(Settlement.DELIVERED);
    assertThat(count("otelcol_exporter_prometheus_failed_translations", "reason", "series_limit"))
        .isEqualTo(1000 - shown);
    clock.advance(Duration.ofMinutes(2));
    assertThat(export(1, gauge("g", point(2, 8, attribute("n", "new")))))
        .isEqualTo(Settlement.DELIVERED);
  }

  @Test
  void quotesNamesForThoseWhoAllowUtf8AndEscapesThemForOthers() throws Exception {
    start("translation_strategy: NoTranslation");
    export(1, gauge("a.b", point(1, 1, attribute("c.d", "e"))));

    assertThat(scrape("text/plain;version=1.0.0;escaping=allow-utf-8"))
        .isEqualTo("# TYPE \"a.b\" gauge\n{\"a.b\",\"c.d\"=\"e\"} 1\n");
    assertThat(scrape()).isEqualTo("# TYPE a_b gauge\na_b{c_d=\"e\"} 1\n");
  }

  @Test
  void answersOtherMethodsAndPathsAsHttpHasIt() throws Exception {
    start("");
    URI address = URI.create("http://localhost:" + exporter.port() + "/metrics");
    HttpRequest post =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("x")).build();
    HttpRequest elsewhere = HttpRequest.newBuilder(address.resolve("/")).build();

    HttpResponse.BodyHandler<Void> ignored = HttpResponse.BodyHandlers.discarding();
    assertThat(client.send(post, ignored).statusCode()).isEqualTo(405);
    assertThat(client.send(elsewhere, ignored).statusCode()).isEqualTo(404);
  }
}
