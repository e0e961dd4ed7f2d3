package io.millrace.exporter.prometheusremotewrite;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What becomes of points that are far larger as series than they were as OTLP. */
class BatchTranslationTest {
  private static final int LANES = 2;
  private static final int BYTES_MAX = 3_000_000;

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final Random random = new Random(5);
  private final BatchTranslation translation =
      new BatchTranslation(
          TranslationConfig.DEFAULT,
          LANES,
          BYTES_MAX,
          true,
          new Rejections(host.context("prometheusremotewrite"), "prometheusremotewrite"),
          new ExtraTimes());

  private String text(int length) {
    return random
        .ints(length, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private OtlpBatch histograms(int points, int bounds, int labelLength) {
    Histogram.Builder histogram =
        Histogram.newBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < points; i++) {
      histogram.addDataPoints(
          HistogramDataPoint.newBuilder()
              .setTimeUnixNano(1_000_000_000L)
              .addAllExplicitBounds(IntStream.range(0, bounds).mapToObj(n -> n + 0.5).toList())
              .addAllBucketCounts(IntStream.rangeClosed(0, bounds).mapToObj(n -> 1L).toList())
              .setCount(bounds + 1L)
              .addAttributes(
                  KeyValue.newBuilder()
                      .setKey("long")
                      .setValue(AnyValue.newBuilder().setStringValue(text(labelLength)))));
    }
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("h")
        .setHistogram(histogram);
    return OtlpSamples.batch(Signal.METRICS, request.build(), points);
  }

  private List<RequestPart> translate(OtlpBatch batch) {
    return translation.translate(CumulativeBatch.of(batch), Protocol.V1);
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

  /**
   * Scenario: every point becomes a hundred times what it was, which no compression makes good.
   *
   * <p>Guarantees: requests keep to their size and together to the bound, each item is in one of
   * them or rejected, and what was needed for it is not more than the lanes may hold.
   */
  @Test
  void aBatchBecomesNoMoreThanTheBound() throws IOException {
    OtlpBatch batch = histograms(60, 100, 20_000);
    List<RequestPart> parts = translate(batch);

    BitSet sent = new BitSet();
    long encoded = 0;
    for (RequestPart part : parts) {
      byte[] body = part.encoded().body();
      encoded += body.length;
      assertThat(Snappy.uncompressedLength(body)).isLessThanOrEqualTo(BYTES_MAX);
      assertThat(sent.intersects(part.items())).isFalse();
      sent.or(part.items());
    }
    long rejected = rejectedPoints("batch_expands_too_much");
    assertThat(rejected).isPositive();
    assertThat(sent.cardinality() + rejected).isEqualTo(60);
    assertThat(encoded)
        .isLessThan(BatchTranslation.encodedMax(batch.length()) + (LANES + 1L) * BYTES_MAX);
    assertThat(translation.bytesHeld()).isLessThan(6L * LANES * BYTES_MAX);
  }

  @Test
  void aPointThatBecomesTooManyBytesIsRejectedAlone() {
    List<RequestPart> parts = translate(histograms(1, 3000, 2000));

    assertThat(parts).isEmpty();
    assertThat(rejectedPoints("point_too_large")).isEqualTo(1);
    assertThat(translate(histograms(1, 3000, 20))).hasSize(1);
  }

  @Test
  void requestsOfALaneKeepTheOrderOfThePoints() {
    List<RequestPart> parts = translate(histograms(12, 100, 10_000));

    assertThat(parts.size()).isGreaterThan(LANES);
    for (int lane = 0; lane < LANES; lane++) {
      int ofLane = lane;
      List<BitSet> items =
          parts.stream().filter(part -> part.lane() == ofLane).map(RequestPart::items).toList();
      for (int i = 1; i < items.size(); i++) {
        assertThat(items.get(i).nextSetBit(0)).isGreaterThan(items.get(i - 1).length() - 1);
      }
    }
  }
}
