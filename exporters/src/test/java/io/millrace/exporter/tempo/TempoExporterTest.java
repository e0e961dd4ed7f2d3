package io.millrace.exporter.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.exporter.tempo.FakeTempo.Push;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exporter against a backend that takes a request as a whole or not at all. */
class TempoExporterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String QUICK =
      "retry_on_failure: {initial_interval: 5ms, max_interval: 20ms, max_elapsed_time: 10s}\n";

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final AckLedger ledger = new AckLedger();
  private final List<Exporter> exporters = new ArrayList<>();
  private FakeTempo tempo;

  @BeforeEach
  void listen() throws IOException {
    tempo = new FakeTempo();
  }

  @AfterEach
  void close() {
    exporters.forEach(Exporter::shutdown);
    tempo.close();
  }

  private Exporter start(String more) throws Exception {
    Exporter exporter =
        new TempoExporterFactory()
            .create(
                host.context("tempo"), Configs.of(tempo.endpoint(), QUICK + more), Signal.TRACES);
    exporter.start();
    exporters.add(exporter);
    return exporter;
  }

  private void export(String more, OtlpBatch... batches) throws Exception {
    Exporter exporter = start(more);
    for (OtlpBatch batch : batches) {
      exporter.consume(batch);
    }
    ledger.awaitAllSettled(DEADLINE);
    ledger.assertAllSettledOnce();
  }

  private OtlpBatch watched(ExportTraceServiceRequest request, int spans) {
    return ledger.watch(OtlpSamples.batch(Signal.TRACES, request, spans));
  }

  private List<String> names() {
    return tempo.pushes.stream()
        .flatMap(push -> push.spans().stream())
        .map(Span::getName)
        .sorted()
        .toList();
  }

  private static Span span(String name, int traceIdBytes, int spanIdBytes, int lastByte) {
    return Span.newBuilder()
        .setName(name)
        .setTraceId(id(traceIdBytes, lastByte))
        .setSpanId(id(spanIdBytes, lastByte))
        .build();
  }

  private static ByteString id(int length, int lastByte) {
    byte[] id = new byte[length];
    if (length > 0) {
      id[length - 1] = (byte) lastByte;
    }
    return ByteString.copyFrom(id);
  }

  private static ExportTraceServiceRequest request(Span... spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (Span span : spans) {
      request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    }
    return request.build();
  }

  @ParameterizedTest
  @CsvSource({"0, 8, 1", "16, 0, 1", "16, 8, 0"})
  void spansForWhichTempoWouldRefuseEverythingAreLeftOut(int trace, int span, int last)
      throws Exception {
    ExportTraceServiceRequest request =
        request(span("a", 16, 8, 1), span("bad", trace, span, last), span("b", 16, 8, 2));
    export("", watched(request, 3));

    assertThat(names()).containsExactly("a", "b");
    assertThat(tempo.attempts()).isEqualTo(1);
    ledger.probes().getFirst().assertSettledOnce(Settlement.rejected("invalid_ids"));
  }

  @Test
  void onlyTheSenderOfABadSpanHearsOfIt() throws Exception {
    OtlpBatch good = ledger.watch(OtlpSamples.spans(2));
    OtlpBatch bad = watched(request(span("bad", 16, 8, 0)), 1);
    export("", OtlpJoiner.join(List.of(good, bad), RequestContext.EMPTY));

    assertThat(tempo.pushes).hasSize(1);
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
    ledger.probes().getLast().assertSettledOnce(Settlement.rejected("invalid_ids"));
  }

  @Test
  void nothingIsSentWhereNothingIsValid() throws Exception {
    export("", watched(request(span("bad", 0, 0, 0)), 1));

    assertThat(tempo.attempts()).isZero();
  }

  @Test
  void aBatchWithoutFaultGoesOutByteForByte() throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(5));
    export("", batch);

    assertThat(tempo.pushes.getFirst().body()).isEqualTo(batch.bytes());
  }

  /** Scenario: more bad spans, none beside another, than can be taken out at once. */
  @Test
  void howeverManySpansAreBadTheOthersArrive() throws Exception {
    int pairs = (1 << 19) + 10;
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
    Span good = span("", 16, 8, 1);
    for (int i = 0; i < pairs; i++) {
      scope.addSpans(good).addSpans(Span.getDefaultInstance());
    }
    export("", watched(request.build(), 2 * pairs));

    assertThat(tempo.pushes.stream().mapToInt(push -> push.spans().size()).sum()).isEqualTo(pairs);
  }

  @Test
  void requestsStayBelowTheConfiguredSize() throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(200));
    export("max_request_bytes: 4096", batch);

    assertThat(batch.length()).isGreaterThan(4 * 4096);
    assertThat(tempo.pushes).allMatch(push -> push.body().length <= 4096);
    assertThat(tempo.pushes.stream().mapToInt(push -> push.spans().size()).sum()).isEqualTo(200);
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
  }

  @Test
  void whatIsExhaustedTwiceWithoutAHintGoesOnInHalves() throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(100));
    tempo.burstBytes = batch.length() - 1;
    export("", batch);

    assertThat(tempo.pushes).hasSize(2);
    assertThat(tempo.attempts()).isEqualTo(4);
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
  }

  @Test
  void whatExceedsTheRateByItselfIsHalvedAtOnceAndTheLimitIsLearned() throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(4000));
    tempo.burstBytes = batch.length() - 1;
    tempo.exhausted =
        "RATE_LIMITED: ingestion rate limit (local: 1000 bytes, global: 0 bytes) exceeded while"
            + " adding 1001 bytes for user single-tenant";
    Exporter exporter = start("");
    exporter.consume(batch);
    ledger.awaitAllSettled(DEADLINE);
    exporter.consume(ledger.watch(OtlpSamples.spans(4000)));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(tempo.attempts()).as("the second batch is cut beforehand").isEqualTo(3 + 2);
    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
  }

  @Test
  void aTenantIsExhaustedForEverAtTheCostOfFewRequests() throws Exception {
    tempo.burstBytes = 0;
    export("", ledger.watch(OtlpSamples.spans(1000)));

    assertThat(tempo.attempts()).isLessThan(600);
    ledger.probes().getFirst().assertSettledOnce(Settlement.rejected(Settlement.TOO_LARGE));
  }

  private static void addResource(
      ExportTraceServiceRequest.Builder request, String tenant, String... spans) {
    var resource = request.addResourceSpansBuilder();
    if (!tenant.isEmpty()) {
      resource.setResource(
          Resource.newBuilder().addAttributes(OtlpSamples.attribute("tenant", tenant)));
    }
    var scope = resource.addScopeSpansBuilder();
    for (String name : spans) {
      scope.addSpans(span(name, 16, 8, 1));
    }
  }

  @Test
  void everyTenantGetsItsResourcesInOneRequest() throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    addResource(request, "a", "a1", "a2");
    addResource(request, "b", "b1");
    addResource(request, "", "n1");
    addResource(request, "b");
    addResource(request, "a", "a3");
    export(
        "headers: {X-Scope-OrgID: rest}\ntenant: {source: attributes, value: tenant}",
        watched(request.build(), 5));

    assertThat(tempo.pushes.stream().map(TempoExporterTest::describe))
        .containsExactlyInAnyOrder("a [a1, a2, a3]", "b [b1]", "rest [n1]");
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
  }

  private static String describe(Push push) {
    return push.tenant() + " " + push.spans().stream().map(Span::getName).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "a b", "a\r\nx-evil: 1", "..", "ü"})
  void aNameThatIsNoTenantCostsItsOwnResourcesAlone(String tenant) throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    addResource(request, tenant, "x");
    addResource(request, "a", "a1");
    export("tenant: {source: attributes, value: tenant}", watched(request.build(), 2));

    assertThat(tempo.pushes.stream().map(TempoExporterTest::describe)).containsExactly("a [a1]");
    ledger.probes().getFirst().assertSettledOnce(Settlement.rejected("invalid_tenant"));
  }

  @Test
  void aBatchHasAThousandTenantsAtMost() throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    IntStream.range(0, 1001).forEach(i -> addResource(request, "t" + i, "x"));
    export("tenant: {source: attributes, value: tenant}", watched(request.build(), 1001));

    assertThat(tempo.pushes).hasSize(1000);
    ledger.probes().getFirst().assertSettledOnce(Settlement.rejected("too_many_tenants"));
  }

  @Test
  void theTenantMayBeOneForAllOrTheSenders() throws Exception {
    export("tenant: {source: static, value: team-a}", ledger.watch(OtlpSamples.spans(1)));
    OtlpBatch sent = ledger.watch(OtlpSamples.spans(1));
    export(
        "tenant: {source: context, value: X-Scope-OrgID}",
        new OtlpBatch(
            sent.bytes(),
            sent.offset(),
            sent.length(),
            Signal.TRACES,
            1,
            sent.arrival(),
            new RequestContext(Map.of("x-scope-orgid", List.of("team-b")), Map.of(), ""),
            sent.ack()));

    assertThat(tempo.pushes.stream().map(Push::tenant)).containsExactly("team-a", "team-b");
  }

  @Test
  void readsSpansAndSoAsksForDeepValidation() throws Exception {
    assertThat(start("").requires()).isEqualTo(Validation.DEEP);
  }

  @Test
  void takesTracesAlone() {
    assertThatThrownBy(() ->
            new TempoExporterFactory()
                .create(host.context("tempo"), Configs.of("localhost:1", ""), Signal.LOGS))
        .hasMessage("tempo: logs (expected: a pipeline of traces)");
  }

  @Test
  void refusesASizeInWhichNothingFits() {
    assertThatThrownBy(() -> Configs.of("localhost:1", "max_request_bytes: 5"))
        .hasMessageContaining("max_request_bytes")
        .hasMessageContaining("0, or >= 1024");
  }
}
