package io.millrace.exporter.prometheusremotewrite;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.TableSchema;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remote write 2.0, and what becomes of it before a backend that is older. */
class RemoteWriteV2Test {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final AckLedger ledger = new AckLedger();
  private FakePrometheus prometheus;
  private Exporter exporter;

  @BeforeEach
  void start() throws Exception {
    prometheus = new FakePrometheus();
    exporter =
        new PrometheusRemoteWriteExporterFactory()
            .create(
                host.context("prometheusremotewrite"),
                Configs.of(
                    prometheus.url(),
                    """
                    protobuf_message: io.prometheus.write.v2.Request
                    remote_write_queue: {num_consumers: 1}
                    retry_on_failure: {enabled: false}
                    """),
                Signal.METRICS);
    exporter.start();
  }

  @AfterEach
  void close() {
    exporter.shutdown();
    prometheus.close();
  }

  private static NumberDataPoint point(String series) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(500_000_000L)
        .setTimeUnixNano(1_000_000_000L)
        .setAsDouble(1.5)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("series")
                .setValue(AnyValue.newBuilder().setStringValue(series)))
        .addExemplars(
            Exemplar.newBuilder()
                .setAsDouble(0.5)
                .setTimeUnixNano(900_000_000L)
                .addFilteredAttributes(
                    KeyValue.newBuilder()
                        .setKey("series")
                        .setValue(AnyValue.newBuilder().setStringValue("exemplar"))))
        .build();
  }

  private void export(String... series) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (String each : series) {
      sum.addDataPoints(point(each));
    }
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("m")
        .setUnit("s")
        .setDescription("help")
        .setSum(sum);
    OtlpBatch batch = OtlpSamples.batch(Signal.METRICS, request.build(), series.length);
    exporter.consume(ledger.watch(batch));
    ledger.awaitAllSettled(DEADLINE);
  }

  @Test
  void writesEveryStringOnceAndEverySeriesWithItsMetadataAndStart() {
    export("a", "b");

    ledger.probes().getLast().assertSettledOnce(Settlement.DELIVERED);
    DynamicMessage request = RemoteWriteSchema.parseV2(prometheus.accepted().getLast());
    List<?> symbols = (List<?>) TableSchema.field(request, "symbols");
    assertThat(symbols.getFirst()).isEqualTo("");
    assertThat(symbols.stream().map(Object::toString)).doesNotHaveDuplicates();
    Message series = TableSchema.list(request, "timeseries").getFirst();
    assertThat(FakePrometheus.texts(request, series))
        .containsExactly("__name__=m_seconds_total", "series=a");
    assertThat(TableSchema.list(series, "samples").getFirst().toString())
        .isEqualToIgnoringWhitespace("value: 1.5 timestamp: 1000 start_timestamp: 500");
    Message exemplar = TableSchema.list(series, "exemplars").getFirst();
    assertThat(FakePrometheus.texts(request, exemplar)).containsExactly("series=exemplar");
    assertThat(TableSchema.field(exemplar, "value")).isEqualTo(0.5);
    assertThat(TableSchema.field(exemplar, "timestamp")).isEqualTo(900L);
    Message metadata = (Message) TableSchema.field(series, "metadata");
    assertThat(TableSchema.field(metadata, "type")).isEqualTo(1);
    assertThat(symbols.get((int) TableSchema.field(metadata, "help_ref"))).isEqualTo("help");
    assertThat(symbols.get((int) TableSchema.field(metadata, "unit_ref"))).isEqualTo("seconds");
    assertThat(prometheus.lastHeaders.getFirst("Content-Type"))
        .isEqualTo("application/x-protobuf;proto=io.prometheus.write.v2.Request");
    assertThat(prometheus.lastHeaders.getFirst("X-Prometheus-Remote-Write-Version"))
        .isEqualTo("2.0.0");
  }

  /** Guarantees: finding out costs no retry, so that nothing is lost where there are none. */
  @ParameterizedTest
  @ValueSource(ints = {204, 400, 415})
  void goesOnWithVersion1WhereTheBackendIsOlder(int status) {
    prometheus.statusOfV2 = status;
    export("a");
    export("b");

    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
    assertThat(prometheus.series())
        .isEqualTo(
            Map.of(
                "__name__=m_seconds_total series=a", new TreeMap<>(Map.of(1000L, 1.5)),
                "__name__=m_seconds_total series=b", new TreeMap<>(Map.of(1000L, 1.5))));
    assertThat(prometheus.attempts()).isEqualTo(3);
  }

  @Test
  void sendsNothingTwiceOfWhatWasWrittenInPart() {
    prometheus.isPoison = labels -> labels.endsWith("series=b");
    export("a", "b", "c");

    assertThat(prometheus.attempts()).isEqualTo(1);
    assertThat(prometheus.samples()).isEqualTo(2);
    ledger.probes().getLast().assertSettledOnce(Settlement.dropped("partial_success"));
  }
}
