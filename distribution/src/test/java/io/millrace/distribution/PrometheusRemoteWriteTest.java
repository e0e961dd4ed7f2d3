package io.millrace.distribution;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus itself has after OTLP went through Millrace, written or scraped. */
class PrometheusRemoteWriteTest {
  private static final String SCOPE = "\"otel_scope_name\":\"lib\",\"otel_scope_version\":\"1.0\"";
  private static final String JOB = "\"instance\":\"i-1\",\"job\":\"eu/shop\"";

  private static final String DELTAS =
      "{cluster=\"%s\",__name__=~\"requests_.*|latency_.*|waiting_.*\"}";

  private final long seconds = Instant.now().getEpochSecond() - 10;

  @TempDir Path folder;

  @Test
  void prometheusHasExactlyTheSeriesValuesHistogramsAndExemplars() throws Exception {
    Optional<Path> program = PrometheusServer.program();
    if (program.isEmpty()) {
      return;
    }
    try (PrometheusServer prometheus = PrometheusServer.start(program.get(), folder);
        RunningMillrace millrace =
            RunningMillrace.start(
                folder,
                """
                exporters:
                  prometheus_remote_write:
                    endpoint: %s
                    external_labels: {cluster: c1}
                """
                    .formatted(prometheus.writeUrl()),
                "",
                "prometheus_remote_write",
                List.of("metrics"))) {
      post(millrace.httpPort(), request(seconds, 1, AGGREGATION_TEMPORALITY_CUMULATIVE));
      post(millrace.httpPort(), request(seconds + 5, 2, AGGREGATION_TEMPORALITY_CUMULATIVE));
      await()
          .untilAsserted(() ->
              assertThat(prometheus.samples("{__name__!=\"\"}", seconds + 5))
                  .containsExactlyInAnyOrderElementsOf(expected()));
      assertThat(prometheus.samples("requests_total", seconds))
          .containsExactly(series("requests_total", "\"http_method\":\"GET\",") + " \"10\"");
      assertThat(prometheus.samples("histogram_quantile(0.5, waiting_seconds)", seconds + 5))
          .hasSize(1);
      assertThat(prometheus.exemplars("requests_total", seconds - 60, seconds + 60))
          .contains(
              "\"labels\":{\"span_id\":\"0102030405060708\","
                  + "\"trace_id\":\"0102030405060708090a0b0c0d0e0f10\",\"user\":\"u\"},\"value\":\"0.5\"");
      assertThat(prometheus.exemplars("latency_seconds_bucket", seconds - 60, seconds + 60))
          .contains("\"le\":\"1\"")
          .contains("\"value\":\"0.75\"");
    }
  }

  /** Guarantees: a scrape gives the same as remote write but for how a scrape spells bounds. */
  @Test
  void prometheusScrapesTheSameFromThePullEndpoint() throws Exception {
    Optional<Path> program = PrometheusServer.program();
    if (program.isEmpty()) {
      return;
    }
    String target = "127.0.0.1:" + RunningMillrace.freePort();
    try (PrometheusServer prometheus = PrometheusServer.start(program.get(), folder, target);
        RunningMillrace millrace =
            RunningMillrace.start(
                folder,
                """
                exporters:
                  prometheus:
                    endpoint: %s
                    const_labels: {cluster: c1}
                    send_timestamps: true
                    enable_open_metrics: true
                """
                    .formatted(target),
                "",
                "prometheus",
                List.of("metrics"))) {
      post(millrace.httpPort(), request(seconds, 1, AGGREGATION_TEMPORALITY_CUMULATIVE));
      post(millrace.httpPort(), request(seconds + 5, 2, AGGREGATION_TEMPORALITY_CUMULATIVE));
      List<String> expected =
          expected().stream()
              .map(series -> series.replace("\"le\":\"1\"", "\"le\":\"1.0\""))
              .toList();
      await()
          .untilAsserted(() ->
              assertThat(prometheus.samples("{cluster=\"c1\"}", seconds + 5))
                  .containsExactlyInAnyOrderElementsOf(expected));
      assertThat(prometheus.exemplars("requests_total", seconds - 60, seconds + 60))
          .contains("\"trace_id\":\"0102030405060708090a0b0c0d0e0f10\"")
          .contains("\"value\":\"0.5\"");
      assertThat(prometheus.exemplars("latency_seconds_bucket", seconds - 60, seconds + 60))
          .contains("\"le\":\"1.0\"")
          .contains("\"value\":\"0.75\"");
      assertThat(PrometheusServer.complaints(program.get(), get(target))).isEmpty();
    }
  }

  /** Guarantees: deltas, the later one first, become what cumulative points would have been. */
  @Test
  void prometheusHasTheSameOfDeltas() throws Exception {
    Optional<Path> program = PrometheusServer.program();
    if (program.isEmpty()) {
      return;
    }
    String target = "127.0.0.1:" + RunningMillrace.freePort();
    try (PrometheusServer prometheus = PrometheusServer.start(program.get(), folder, target);
        RunningMillrace millrace =
            RunningMillrace.start(
                folder,
                """
                exporters:
                  prometheus_remote_write:
                    endpoint: %s
                    external_labels: {cluster: c1}
                    delta: {single_writer: true}
                  prometheus:
                    endpoint: %s
                    const_labels: {cluster: c2}
                """
                    .formatted(prometheus.writeUrl(), target),
                "",
                "prometheus_remote_write, prometheus",
                List.of("metrics"))) {
      post(millrace.httpPort(), request(seconds + 5, 1, AGGREGATION_TEMPORALITY_DELTA));
      post(millrace.httpPort(), request(seconds, 1, AGGREGATION_TEMPORALITY_DELTA));
      List<String> written =
          expected().stream()
              .filter(PrometheusRemoteWriteTest::isOfDeltas)
              .map(PrometheusRemoteWriteTest::twiceTheBuckets)
              .toList();
      List<String> scraped =
          written.stream()
              .map(series -> series.replace("\"cluster\":\"c1\"", "\"cluster\":\"c2\""))
              .map(series -> series.replace("\"le\":\"1\"", "\"le\":\"1.0\""))
              .toList();
      await()
          .untilAsserted(() ->
              assertThat(prometheus.samples(DELTAS.formatted("c1"), seconds + 10))
                  .containsExactlyInAnyOrderElementsOf(written));
      await()
          .untilAsserted(() ->
              assertThat(prometheus.samples(DELTAS.formatted("c2"), seconds + 60))
                  .containsExactlyInAnyOrderElementsOf(scraped));
    }
  }

  private static boolean isOfDeltas(String series) {
    return Pattern.compile("requests|latency|waiting").matcher(series).find();
  }

  /** The exponential histogram is the same in both requests, so as deltas it counts twice. */
  private static String twiceTheBuckets(String series) {
    return series
        .replace("\"count\":\"6\",\"sum\":\"12.5\"", "\"count\":\"12\",\"sum\":\"25\"")
        .replace(
            "\"1\"],[0,\"1\",\"2\",\"2\"],[0,\"4\",\"8\",\"3\"]",
            "\"2\"],[0,\"1\",\"2\",\"4\"],[0,\"4\",\"8\",\"6\"]");
  }

  private static String series(String name, String before) {
    return series(name, before, "");
  }

  private static String series(String name, String before, String after) {
    return "{\"__name__\":\""
        + name
        + "\",\"cluster\":\"c1\","
        + before
        + JOB
        + ","
        + after
        + SCOPE
        + "}";
  }

  private static List<String> expected() {
    String histogram =
        "{\"count\":\"6\",\"sum\":\"12.5\",\"buckets\":[[3,\"-1e-128\",\"1e-128\",\"1\"],"
            + "[0,\"1\",\"2\",\"2\"],[0,\"4\",\"8\",\"3\"]]}";
    return List.of(
        series("requests_total", "\"http_method\":\"GET\",") + " \"20\"",
        series("temperature_celsius", "") + " \"-2.5\"",
        series("latency_seconds_sum", "") + " \"4\"",
        series("latency_seconds_count", "") + " \"8\"",
        series("latency_seconds_bucket", "", "\"le\":\"0.5\",") + " \"2\"",
        series("latency_seconds_bucket", "", "\"le\":\"1\",") + " \"6\"",
        series("latency_seconds_bucket", "", "\"le\":\"+Inf\",") + " \"8\"",
        series("waiting_seconds", "") + " " + histogram,
        series("size_bytes_sum", "") + " \"9\"",
        series("size_bytes_count", "") + " \"3\"",
        "{\"__name__\":\"size_bytes\",\"cluster\":\"c1\","
            + JOB
            + ","
            + SCOPE
            + ",\"quantile\":\"0.9\"} \"4\"",
        "{\"__name__\":\"target_info\",\"cluster\":\"c1\",\"host_name\":\"h\"," + JOB + "} \"1\"");
  }

  private static String get(String target) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + target + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static void post(int port, ExportMetricsServiceRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/metrics"))
                  .header("Content-Type", "application/x-protobuf")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Exemplar exemplar(double value, long nanos) {
    ByteString id = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
    return Exemplar.newBuilder()
        .setAsDouble(value)
        .setTimeUnixNano(nanos)
        .setTraceId(id)
        .setSpanId(id.substring(0, 8))
        .addFilteredAttributes(attribute("user", "u"))
        .build();
  }

  /** All five kinds of metrics; counters are {@code factor} times as high. */
  private static ExportMetricsServiceRequest request(
      long seconds, int factor, AggregationTemporality temporality) {
    long nanos = seconds * 1_000_000_000L;
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var resource = request.addResourceMetricsBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(attribute("service.name", "shop"))
        .addAttributes(attribute("service.namespace", "eu"))
        .addAttributes(attribute("service.instance.id", "i-1"))
        .addAttributes(attribute("host.name", "h"));
    ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder();
    scope.getScopeBuilder().setName("lib").setVersion("1.0");
    scope
        .addMetricsBuilder()
        .setName("requests")
        .setDescription("What it says of \"requests\".")
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(temporality)
        .addDataPoints(
            NumberDataPoint.newBuilder()
                .setTimeUnixNano(nanos)
                .setAsInt(10L * factor)
                .addAttributes(attribute("http.method", "GET"))
                .addExemplars(exemplar(0.5, nanos)));
    scope
        .addMetricsBuilder()
        .setName("temperature")
        .setDescription("What it says of \"temperature\".")
        .setUnit("Cel")
        .getGaugeBuilder()
        .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(nanos).setAsDouble(-2.5));
    scope
        .addMetricsBuilder()
        .setName("latency")
        .setDescription("What it says of \"latency\".")
        .setUnit("s")
        .getHistogramBuilder()
        .setAggregationTemporality(temporality)
        .addDataPoints(
            HistogramDataPoint.newBuilder()
                .setTimeUnixNano(nanos)
                .setCount(4L * factor)
                .setSum(2.0 * factor)
                .addAllExplicitBounds(List.of(0.5, 1.0))
                .addAllBucketCounts(List.of(1L * factor, 2L * factor, 1L * factor))
                .addExemplars(exemplar(0.75, nanos)));
    scope
        .addMetricsBuilder()
        .setName("waiting")
        .setDescription("What it says of \"waiting\".")
        .setUnit("s")
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(temporality)
        .addDataPoints(
            ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(nanos)
                .setCount(6)
                .setSum(12.5)
                .setZeroCount(1)
                .setPositive(Buckets.newBuilder().addAllBucketCounts(List.of(2L, 0L, 3L))));
    scope
        .addMetricsBuilder()
        .setName("size")
        .setDescription("What it says of \"size\".")
        .setUnit("By")
        .getSummaryBuilder()
        .addDataPoints(
            SummaryDataPoint.newBuilder()
                .setTimeUnixNano(nanos)
                .setCount(3)
                .setSum(9)
                .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.9).setValue(4)));
    return request.build();
  }
}
