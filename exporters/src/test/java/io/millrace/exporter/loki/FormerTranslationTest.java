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
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and lines of the collector's former exporter, for old configurations. */
class FormerTranslationTest {
  private static final String NONE =
      "default_labels_enabled: {exporter: false, job: false, instance: false, level: false}";
  private static final Resource CHECKOUT =
      resource(
          attribute("service.name", "checkout"),
          attribute("service.namespace", "shop"),
          attribute("service.instance.id", "i1"));

  private final LokiTranslationFixture former =
      new LokiTranslationFixture("default_labels_enabled:");
  private final LokiTranslationFixture bare = new LokiTranslationFixture(NONE);
  private final LokiTranslationFixture usual = new LokiTranslationFixture("");

  private static LogRecord.Builder warning(KeyValue... attributes) {
    return record("a", attributes).setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2);
  }

  @Test
  void givesTheFourDefaultLabels() {
    assertThat(former.labels(request(CHECKOUT, warning())))
        .isEqualTo("{exporter=\"OTLP\", instance=\"i1\", job=\"shop/checkout\", level=\"WARN2\"}");
    assertThat(former.labels(request(resource(attribute("service.name", "s")), record("a"))))
        .isEqualTo("{exporter=\"OTLP\", job=\"s\"}");
  }

  @Test
  void leavesOutDefaultLabelsThatAreSwitchedOff() {
    LokiTranslationFixture some =
        new LokiTranslationFixture("default_labels_enabled: {exporter: false, level: false}");

    assertThat(some.labels(request(CHECKOUT, warning())))
        .isEqualTo("{instance=\"i1\", job=\"shop/checkout\"}");
  }

  @Test
  void anAttributeComesBeforeTheSeverityAsLevel() {
    assertThat(former.labels(request(resource(), warning(attribute("level", "odd")))))
        .isEqualTo("{exporter=\"OTLP\", level=\"odd\"}");
  }

  @Test
  void aRecordThatHasNoLabelIsLeftOutAndCounted() {
    assertThat(bare.pushes(request(CHECKOUT, warning()))).isEmpty();
    assertThat(bare.counter("otelcol_exporter_loki_failed_translations", "reason", "no_labels"))
        .isEqualTo(1);
  }

  @Test
  void hintsNameAttributesThatBecomeLabels() {
    Resource resource =
        resource(
            attribute("host.name", "h"),
            attribute("pod", map(attribute("name", "p"))),
            attribute("loki.resource.labels", "host.name, pod.name"));
    KeyValue hint = attribute("loki.attribute.labels", array(text("http.route"), text("absent")));

    assertThat(bare.labels(request(resource, record("a", attribute("http.route", "/"), hint))))
        .isEqualTo("{host_name=\"h\", http_route=\"/\", pod_name=\"p\"}");
  }

  @Test
  void hintsSwitchSingleRecordsToTheFormerTranslation() {
    ExportLogsServiceRequest request =
        request(
            resource(attribute("service.name", "s")),
            record("new"),
            record("old", attribute("loki.attribute.labels", "k"), attribute("k", "v")));

    assertThat(usual.streams(request).keySet())
        .containsExactly("{exporter=\"OTLP\", job=\"s\", k=\"v\"}", "{service_name=\"s\"}");
  }

  @Test
  void theJsonLineHasWhatIsSetAndNeitherHintsNorLabels() {
    LogRecord.Builder record =
        record("b\"", attribute("k", "v"), attribute("n", map(attribute("m", "1"))))
            .addAttributes(attribute("loki.attribute.labels", "k"))
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
            .setSeverityText("Info")
            .setFlags(1)
            .setTraceId(ByteString.fromHex("000102030405060708090a0b0c0d0e0f"))
            .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"));
    ExportLogsServiceRequest.Builder request =
        request(resource(attribute("service.name", "s"), attribute("host", "h")), record)
            .toBuilder();
    request
        .getResourceLogsBuilder(0)
        .getScopeLogsBuilder(0)
        .setScope(InstrumentationScope.newBuilder().setName("lib").setVersion("1"));

    assertThat(former.entry(request.build()))
        .isEqualTo(
            new FakeLoki.Entry(
                1,
                "{\"body\":\"b\\\"\",\"traceid\":\"000102030405060708090a0b0c0d0e0f\","
                    + "\"spanid\":\"f0f1f2f3f4f5f6f7\",\"severity\":\"Info\",\"flags\":1,"
                    + "\"attributes\":{\"n\":{\"m\":\"1\"}},"
                    + "\"resources\":{\"host\":\"h\",\"service.name\":\"s\"},"
                    + "\"instrumentation_scope\":{\"name\":\"lib\",\"version\":\"1\"}}",
                List.of()));
    assertThat(former.entry(request(resource(), LogRecord.newBuilder().setTimeUnixNano(1))).line())
        .isEqualTo("{}");
  }

  @Test
  void theLogfmtLineHasThemAsPairs() {
    LogRecord.Builder record =
        record("hello world", attribute("k", "v w"), attribute("n", array(text("1"), text("2"))))
            .addAttributes(attribute("loki.format", "logfmt"))
            .setSeverityText("Info")
            .setFlags(1)
            .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"));

    assertThat(former.entry(request(resource(attribute("host", "h")), record)).line())
        .isEqualTo(
            "msg=\"hello world\" spanID=f0f1f2f3f4f5f6f7 severity=Info flags=1"
                + " attribute_k=\"v w\" attribute_n_0=1 attribute_n_1=2 resource_host=h");
  }

  @ParameterizedTest
  @CsvSource({
    "a=1 b=\"2 \\\"3\", a=1 b=\"2 \\\"3\"",
    "severity=x, severity=Info",
    "no pair=1, msg=\"no pair=1\"",
    "a=1 \"b\", msg=\"a=1 \\\"b\\\"\"",
    "'', msg="
  })
  void aBodyThatIsLogfmtKeepsItsPairs(String body, String line) {
    LogRecord.Builder record =
        record(body, attribute("loki.format", "logfmt"))
            .setSeverityText(body.startsWith("severity") ? "Info" : "");

    assertThat(former.entry(request(resource(), record)).line()).isEqualTo(line);
  }

  @Test
  void theRawLineIsTheBodyAlone() {
    LogRecord.Builder record = record("a b", attribute("k", "v"));

    assertThat(former.entry(request(resource(attribute("loki.format", "raw")), record)))
        .isEqualTo(new FakeLoki.Entry(1, "a b", List.of()));
  }

  @Test
  void anUnknownFormatIsCounted() {
    assertThat(former.pushes(request(resource(), record("a", attribute("loki.format", "xml")))))
        .isEmpty();
    assertThat(
            former.counter("otelcol_exporter_loki_failed_translations", "reason", "invalid_format"))
        .isEqualTo(1);
  }
}
