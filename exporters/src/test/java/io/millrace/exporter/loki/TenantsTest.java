package io.millrace.exporter.loki;

import static io.millrace.exporter.loki.LokiTranslationFixture.attribute;
import static io.millrace.exporter.loki.LokiTranslationFixture.batch;
import static io.millrace.exporter.loki.LokiTranslationFixture.record;
import static io.millrace.exporter.loki.LokiTranslationFixture.request;
import static io.millrace.exporter.loki.LokiTranslationFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.RequestContext;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose records are whose. */
class TenantsTest {
  private static final String FAILED = "otelcol_exporter_loki_failed_translations";

  private static List<String> tenants(
      LokiTranslationFixture loki, KeyValue ofResource, LogRecord.Builder... records) {
    return loki.pushes(request(resource(ofResource), records)).stream()
        .map(Push::tenant)
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void nobodyIsNamedUnlessAsked() {
    assertThat(tenants(new LokiTranslationFixture(""), attribute("tenant", "a"), record("x")))
        .containsExactly("");
  }

  @Test
  void staticTenantsAreForAll() {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: static, value: team-a}");

    assertThat(tenants(loki, attribute("k", "v"), record("x"))).containsExactly("team-a");
  }

  @Test
  void theSendersMetadataNamesTheTenant() {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: context, value: X-Scope-OrgID}");
    RequestContext context =
        new RequestContext(Map.of("x-scope-orgid", List.of("team-b")), Map.of(), "");

    assertThat(loki.streams(batch(request(resource(), record("x")), context)).keySet())
        .containsExactly("team-b {service_name=\"unknown_service\"}");
    assertThat(loki.streams(request(resource(), record("x"))).keySet())
        .containsExactly("{service_name=\"unknown_service\"}");
  }

  @Test
  void anAttributeOfTheResourceComesBeforeOneOfTheRecord() {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: attributes, value: tenant}");

    assertThat(tenants(loki, attribute("tenant", "r"), record("x", attribute("tenant", "l"))))
        .containsExactly("r");
    assertThat(
            tenants(
                loki,
                attribute("k", "v"),
                record("x", attribute("tenant", "l")),
                record("y", attribute("tenant", "m")),
                record("z")))
        .containsExactly("", "l", "m");
  }

  @Test
  void theHintComesFirst() {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: static, value: team-a}");
    LogRecord.Builder hinted =
        record("x", attribute("loki.tenant", "team"), attribute("team", "c"));

    assertThat(tenants(loki, attribute("k", "v"), hinted, record("y")))
        .containsExactly("c", "team-a");
    assertThat(tenants(loki, attribute("loki.tenant", "team"), hinted)).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource({"a|b", "a b", "'a\r\nX-Evil: 1'", "..", "ü"})
  void aNameThatIsNoTenantIsRejectedAndCounted(String tenant) {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: attributes, value: tenant}");

    assertThat(tenants(loki, attribute("tenant", tenant), record("x"))).isEmpty();
    assertThat(loki.counter(FAILED, "reason", "invalid_tenant")).isEqualTo(1);
  }

  @Test
  void aBatchHasAThousandTenantsAtMost() {
    LokiTranslationFixture loki =
        new LokiTranslationFixture("tenant: {source: attributes, value: tenant}");
    LogRecord.Builder[] records =
        IntStream.range(0, 1001)
            .mapToObj(i -> record("x", attribute("tenant", "t" + i)))
            .toArray(LogRecord.Builder[]::new);

    assertThat(tenants(loki, attribute("k", "v"), records)).hasSize(1000);
    assertThat(loki.counter(FAILED, "reason", "too_many_tenants")).isEqualTo(1);
    assertThat(tenants(loki, attribute("k", "v"), Arrays.copyOf(records, 3))).hasSize(3);
  }
}
