package io.millrace.exporter.prometheusremotewrite;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.millrace.component.Clock;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.exporter.sending.TableSchema;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** Classic histograms as native ones with custom buckets. */
class CustomBucketsTest {
  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final PrometheusRemoteWriteExporterConfig config =
      Configs.of(
          "http://p",
          "protobuf_message: io.prometheus.write.v2.Request\nconvert_histograms_to_nhcb: true");
  private final BatchTranslation translation =
      new BatchTranslation(
          config.translation(),
          1,
          1 << 20,
          true,
          new Rejections(host.context("prometheusremotewrite"), "prometheusremotewrite"),
          new ExtraTimes());

  private static HistogramDataPoint.Builder point(long... counts) {
    return HistogramDataPoint.newBuilder()
        .setTimeUnixNano(2_000_000_000L)
        .setStartTimeUnixNano(1_000_000_000L)
        .setSum(12.5)
        .setCount(LongStream.of(counts).sum())
        .addAllExplicitBounds(List.of(-2.0, -1.0, 0.0, 1.0, 2.0))
        .addAllBucketCounts(LongStream.of(counts).boxed().toList());
  }

  private List<Message> series(Protocol protocol, HistogramDataPoint.Builder point)
      throws IOException {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("h")
        .getHistogramBuilder()
        .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(point);
    CumulativeBatch batch =
        CumulativeBatch.of(OtlpSamples.batch(Signal.METRICS, request.build(), 1));
    List<RequestPart> parts = translation.translate(batch, protocol);
    if (parts.isEmpty()) {
      return List.of();
    }
    byte[] body = Snappy.uncompress(parts.getFirst().encoded().body());
    return TableSchema.list(
        protocol == Protocol.V2 ? RemoteWriteSchema.parseV2(body) : RemoteWriteSchema.parse(body),
        "timeseries");
  }

  private String histogram(HistogramDataPoint.Builder point) throws IOException {
    List<Message> series = series(Protocol.V2, point);
    assertThat(series).hasSize(1);
    return TableSchema.list(series.getFirst(), "histograms").getFirst().toString();
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

  /** Bucket i has index i, the last one is beyond all bounds. */
  @Test
  void keepsTheBoundsAndCountsBucketsFromZero() throws IOException {
    assertThat(histogram(point(10, 0, 0, 20, 5, 2)))
        .isEqualToIgnoringWhitespace(
            """
            count_int: 37 sum: 12.5 schema: -53
            positive_spans { length: 6 } positive_deltas: 10 positive_deltas: -10
            positive_deltas: 0 positive_deltas: 20 positive_deltas: -15 positive_deltas: -3
            timestamp: 2000
            custom_values: -2.0 custom_values: -1.0 custom_values: 0.0 custom_values: 1.0
            custom_values: 2.0 start_timestamp: 1000
            """);
  }

  @Test
  void oneBucketHoldsAllWhereThereAreNone() throws IOException {
    assertThat(histogram(point().setCount(7).clearExplicitBounds()))
        .isEqualToIgnoringWhitespace(
            "count_int: 7 sum: 12.5 schema: -53 positive_spans { length: 1 } positive_deltas: 7"
                + " timestamp: 2000 start_timestamp: 1000");
  }

  @Test
  void theMarkerOfAnEndHasNoBuckets() throws IOException {
    assertThat(histogram(point(1, 1, 1, 1, 1, 1).setFlags(1)))
        .isEqualToIgnoringWhitespace("sum: NaN schema: -53 timestamp: 2000 start_timestamp: 1000");
  }

  @Test
  void keepsExemplars() throws IOException {
    HistogramDataPoint.Builder point =
        point(1, 1, 1, 1, 1, 1).addExemplars(Exemplar.newBuilder().setAsDouble(1));
    Message series = series(Protocol.V2, point).getFirst();
    assertThat(TableSchema.list(series, "exemplars")).hasSize(1);
  }

  /** Guarantees: what the older protocol cannot say is said as before. */
  @Test
  void writesClassicSeriesWhereTheBackendTurnedOutToBeOlder() throws IOException {
    assertThat(series(Protocol.V1, point(1, 1, 1, 1, 1, 1))).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inconsistent", "descending", "infinite", "too few"})
  void refusesWhatPrometheusWouldRefuse(String fault) throws IOException {
    HistogramDataPoint.Builder point = point(1, 1, 1, 1, 1, 1);
    switch (fault) {
      case "inconsistent" -> point.setCount(7);
      case "descending" -> point.setExplicitBounds(4, 0.5);
      case "infinite" -> point.setExplicitBounds(4, Double.POSITIVE_INFINITY);
      default -> point.clearExplicitBounds().addExplicitBounds(1);
    }
    assertThat(series(Protocol.V2, point)).isEmpty();
    assertThat(rejectedPoints("inconsistent_buckets")).isEqualTo(1);
  }

  @Test
  void refusesAHistogramWithoutSum() throws IOException {
    assertThat(series(Protocol.V2, point(1, 1, 1, 1, 1, 1).clearSum())).isEmpty();
    assertThat(rejectedPoints("no_sum")).isEqualTo(1);
  }
}
