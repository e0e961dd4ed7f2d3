package io.millrace.exporter.loki;

import static io.millrace.exporter.loki.LokiTranslationFixture.array;
import static io.millrace.exporter.loki.LokiTranslationFixture.attribute;
import static io.millrace.exporter.loki.LokiTranslationFixture.map;
import static io.millrace.exporter.loki.LokiTranslationFixture.record;
import static io.millrace.exporter.loki.LokiTranslationFixture.request;
import static io.millrace.exporter.loki.LokiTranslationFixture.resource;
import static io.millrace.exporter.loki.LokiTranslationFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams and structured metadata as Loki's own OTLP endpoint derives them. */
class OtlpMappingTest {
  private static final Resource CHECKOUT = resource(attribute("service.name", "checkout"));
  private final LokiTranslationFixture loki = new LokiTranslationFixture("");

  private String labels(KeyValue... attributes) {
    return loki.labels(request(resource(attributes), record("a")));
  }

  private List<String> metadata(LogRecord.Builder record) {
    return loki.entry(request(CHECKOUT, record)).metadata();
  }

  @Test
  void eighteenAttributesOfTheResourceBecomeLabelsSortedByName() {
    List<String> keys =
        List.of(
            "service.name",
            "service.namespace",
            "service.instance.id",
            "deployment.environment",
            "deployment.environment.name",
            "cloud.region",
            "cloud.availability_zone",
            "k8s.cluster.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.container.name",
            "container.name",
            "k8s.replicaset.name",
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.daemonset.name",
            "k8s.cronjob.name",
            "k8s.job.name");
    KeyValue[] attributes = keys.stream().map(key -> attribute(key, "x")).toArray(KeyValue[]::new);

    assertThat(labels(attributes))
        .isEqualTo(
            keys.stream()
                .map(key -> key.replace('.', '_') + "=\"x\"")
                .sorted()
                .collect(Collectors.joining(", ", "{", "}")));
  }

  @Test
  void otherAttributesOfTheResourceBecomeMetadata() {
    Resource resource =
        resource(attribute("host.name", "h1"), attribute("service.name", "checkout"));

    assertThat(loki.labels(request(resource, record("a"))))
        .isEqualTo("{service_name=\"checkout\"}");
    assertThat(loki.entry(request(resource, record("a"))).metadata())
        .containsExactly("host_name=h1");
  }

  @Test
  void aServiceWithoutANameIsUnknown() {
    assertThat(labels()).isEqualTo("{service_name=\"unknown_service\"}");
    assertThat(labels(attribute("service.name", "")))
        .isEqualTo("{service_name=\"unknown_service\"}");
  }

  @Test
  void theFirstContainerOrJobNamesAServiceThatHasNoName() {
    assertThat(labels(attribute("k8s.job.name", "j"), attribute("container.name", "c")))
        .isEqualTo("{container_name=\"c\", k8s_job_name=\"j\", service_name=\"j\"}");
    assertThat(labels(attribute("container.name", "c"), attribute("service.name", "s")))
        .isEqualTo("{container_name=\"c\", service_name=\"s\"}");
  }

  @Test
  void labelsWithoutValueAreLeftOut() {
    assertThat(labels(attribute("service.name", "a"), attribute("cloud.region", "")))
        .isEqualTo("{service_name=\"a\"}");
  }

  @Test
  void valuesOfLabelsAreQuotedAsGoDoes() {
    assertThat(labels(attribute("service.name", "a\"b\\c\nd\te\rf\u0001g\u007fhü€")))
        .isEqualTo("{service_name=\"a\\\"b\\\\c\\nd\\te\\rf\\x01g\\x7fhü€\"}");
  }

  @Test
  void mapsBecomeAPairForEachValueNamesJoinedByUnderscores() {
    AnyValue inner = map(attribute("c.d", "1"), attribute("e", map(attribute("f", "2"))));

    assertThat(metadata(record("a", attribute("a.b", inner))))
        .containsExactly("a_b_c_d=1", "a_b_e_f=2");
    assertThat(labels(attribute("service.name", map(attribute("x", "y")))))
        .isEqualTo("{service_name=\"unknown_service\", service_name_x=\"y\"}");
  }

  @Test
  void attributesComeFirstThenTheFieldsThenTheResourceThenTheScope() {
    ExportLogsServiceRequest.Builder request =
        request(
            resource(attribute("service.name", "s"), attribute("host.name", "h")),
            record("line", attribute("http.route", "/cart"))
                .setTimeUnixNano(1_700_000_000_123_456_789L)
                .setObservedTimeUnixNano(1_700_000_000_223_456_789L)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
                .setSeverityText("warning")
                .setDroppedAttributesCount(3)
                .setFlags(-1)
                .setTraceId(ByteString.fromHex("000102030405060708090a0b0c0d0e0f"))
                .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"))
                .setEventName("cart.updated"))
            .toBuilder();
    request
        .getResourceLogsBuilder(0)
        .getScopeLogsBuilder(0)
        .setScope(
            InstrumentationScope.newBuilder()
                .setName("lib")
                .setVersion("1.2")
                .setDroppedAttributesCount(7)
                .addAttributes(attribute("scope.kind", "k")));

    FakeLoki.Entry entry = loki.entry(request.build());

    assertThat(entry.line()).isEqualTo("line");
    assertThat(entry.unixNanos()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(entry.metadata())
        .containsExactly(
            "http_route=/cart",
            "observed_timestamp=1700000000223456789",
            "severity_number=13",
            "severity_text=warning",
            "dropped_attributes_count=3",
            "flags=4294967295",
            "trace_id=000102030405060708090a0b0c0d0e0f",
            "span_id=f0f1f2f3f4f5f6f7",
            "event_name=cart.updated",
            "host_name=h",
            "scope_kind=k",
            "scope_name=lib",
            "scope_version=1.2",
            "scope_dropped_attributes_count=7");
  }

  @Test
  void anIdOfZerosIsNone() {
    assertThat(metadata(record("a").setTraceId(ByteString.copyFrom(new byte[16])))).isEmpty();
  }

  @Test
  void anAttributeNamedAsTheEventFieldGivesWayToIt() {
    assertThat(metadata(record("a", attribute("event_name", "x")).setEventName("y")))
        .containsExactly("event_name=y");
    assertThat(metadata(record("a", attribute("event_name", "x")))).containsExactly("event_name=x");
  }

  @Test
  void theTimeIsTheRecordsOrTheObservedOneOrThatOfArrival() {
    LogRecord.Builder none = LogRecord.newBuilder();
    LogRecord.Builder observed = LogRecord.newBuilder().setObservedTimeUnixNano(5);

    assertThat(loki.entry(request(CHECKOUT, none)).unixNanos())
        .isEqualTo(LokiTranslationFixture.ARRIVAL);
    assertThat(loki.entry(request(CHECKOUT, observed)).unixNanos()).isEqualTo(5);
    assertThat(loki.entry(request(CHECKOUT, observed)).metadata()).isEmpty();
    assertThat(loki.entry(request(CHECKOUT, observed.setTimeUnixNano(2_000_000_000))).unixNanos())
        .isEqualTo(2_000_000_000);
  }

  @Test
  void theLineIsTheBodyAsText() {
    assertThat(line(AnyValue.getDefaultInstance())).isEmpty();
    assertThat(line(text("a\nb"))).isEqualTo("a\nb");
    assertThat(line(AnyValue.newBuilder().setBoolValue(true).build())).isEqualTo("true");
    assertThat(line(AnyValue.newBuilder().setIntValue(-3).build())).isEqualTo("-3");
    assertThat(line(AnyValue.newBuilder().setDoubleValue(1e21).build())).isEqualTo("1e+21");
    assertThat(line(AnyValue.newBuilder().setBytesValue(ByteString.fromHex("ff")).build()))
        .isEqualTo("/w==");
    assertThat(line(array(text("a"), map(attribute("k", "<v>")))))
        .isEqualTo("[\"a\",{\"k\":\"<v>\"}]");
  }

  private String line(AnyValue body) {
    return loki.entry(request(CHECKOUT, record("").setBody(body))).line();
  }

  /** The golden vectors of label names without preserving and without prefix. */
  @ParameterizedTest
  @CsvSource({
    "label:with:colons, label_with_colons",
    "123label, key_123label",
    ".foo, _foo",
    "_x, _x",
    "__a_2, _a_2",
    "label__d, label_d",
    "__reserved__label__name__, __reserved_label_name__",
    "trailing___, trailing_",
    "label_字符, label_"
  })
  void namesFollowTheTranslatorOfPrometheus(String key, String name) {
    assertThat(metadata(record("a", attribute(key, "v")))).containsExactly(name + "=v");
  }

  @Test
  void keysThatLeaveNoNameAreSpelledOutOrLeftOutAndCounted() {
    LogRecord.Builder record =
        record("a", attribute("ようこそ", "1"), attribute("__", "2"), attribute("", "3"));

    assertThat(metadata(record)).containsExactly("U_3088_3046_3053_305d=1", "U_5f_5f=2");
    String name = "otelcol_exporter_loki_unnamable_attributes";
    assertThat(loki.counter(name, "outcome", "renamed")).isEqualTo(2);
    assertThat(loki.counter(name, "outcome", "dropped")).isEqualTo(1);
  }

  @Test
  void recordsOfEqualResourcesShareAStreamAndKeepTheirOrder() {
    ExportLogsServiceRequest.Builder all = ExportLogsServiceRequest.newBuilder();
    for (String line : List.of("1", "2", "3", "4", "5")) {
      String service = Integer.parseInt(line) % 2 == 0 ? "even" : "odd";
      all.addAllResourceLogs(
          request(resource(attribute("service.name", service)), record(line))
              .getResourceLogsList());
    }

    assertThat(
            loki.streams(all.build()).entrySet().stream()
                .map(e -> e.getKey() + lines(e.getValue())))
        .containsExactly("{service_name=\"even\"}[2, 4]", "{service_name=\"odd\"}[1, 3, 5]");
  }

  private static List<String> lines(List<FakeLoki.Entry> entries) {
    return entries.stream().map(FakeLoki.Entry::line).toList();
  }

  @Test
  void aStreamAlwaysGoesTheSameLane() {
    LokiTranslationFixture other = new LokiTranslationFixture("");
    for (int i = 0; i < 50; i++) {
      ExportLogsServiceRequest request =
          request(resource(attribute("service.name", "s" + i)), record("a"));

      assertThat(other.pushes(request).getFirst().lane())
          .isEqualTo(loki.pushes(request).getFirst().lane());
    }
  }

  @Test
  void requestsKeepToTheirSizeAndTheirOrder() {
    LokiTranslationFixture small = new LokiTranslationFixture("max_batch_size_bytes: 2000");
    LogRecord.Builder[] records =
        Stream.iterate(0, i -> i + 1)
            .limit(100)
            .map(i -> record("line " + i + " " + "x".repeat(100)).setTimeUnixNano(i + 1))
            .toArray(LogRecord.Builder[]::new);

    List<Push> pushes = small.pushes(request(CHECKOUT, records));

    assertThat(pushes).hasSizeGreaterThan(5);
    assertThat(pushes)
        .allSatisfy(push ->
            assertThat(LokiTranslationFixture.uncompressed(push)).hasSizeLessThanOrEqualTo(2000));
    assertThat(pushes.stream().mapToInt(push -> push.items().cardinality()).sum()).isEqualTo(100);
    assertThat(small.streams(request(CHECKOUT, records)).values().iterator().next())
        .extracting(FakeLoki.Entry::unixNanos)
        .isSorted()
        .hasSize(100);
  }
}
