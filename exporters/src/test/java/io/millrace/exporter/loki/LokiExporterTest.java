package io.millrace.exporter.loki;

import static io.millrace.exporter.loki.FakeLoki.STORE_AND_HANG_UP;
import static io.millrace.exporter.loki.LokiTranslationFixture.attribute;
import static io.millrace.exporter.loki.LokiTranslationFixture.record;
import static io.millrace.exporter.loki.LokiTranslationFixture.request;
import static io.millrace.exporter.loki.LokiTranslationFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.CountedItems;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.contract.Destination.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exporter against a Loki with its rules. */
class LokiExporterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String QUICK =
      """
      retry_on_failure: {initial_interval: 1ms, max_interval: 4ms}
      """;
  private static final String STREAM = "{service_name=\"s\"}";

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final AckLedger ledger = new AckLedger();
  private final List<Exporter> exporters = new ArrayList<>();
  private FakeLoki loki;

  @BeforeEach
  void listen() throws IOException {
    loki = new FakeLoki();
  }

  @AfterEach
  void close() {
    exporters.forEach(Exporter::shutdown);
    loki.close();
  }

  private Exporter start(String yaml) throws Exception {
    Exporter exporter =
        new LokiExporterFactory()
            .create(host.context("loki"), Configs.of(loki.url(), QUICK + yaml), Signal.LOGS);
    exporters.add(exporter);
    exporter.start();
    return exporter;
  }

  private OtlpBatch batch(ExportLogsServiceRequest request) {
    return ledger.watch(LokiTranslationFixture.batch(request, RequestContext.EMPTY));
  }

  private static ExportLogsServiceRequest lines(int from, int count) {
    return request(
        resource(attribute("service.name", "s")),
        IntStream.range(from, from + count)
            .mapToObj(i -> record("line " + i).setTimeUnixNano(i))
            .toArray(LogRecord.Builder[]::new));
  }

  private void export(Exporter exporter, OtlpBatch batch) {
    exporter.consume(batch);
    ledger.awaitAllSettled(DEADLINE);
  }

  private void assertSettled(Settlement settlement) {
    ledger.probes().getLast().assertSettledOnce(settlement);
  }

  private long counted(String name) {
    return CountedItems.count(host.metrics(), name);
  }

  @Test
  void postsSnappyProtobufWithTheHeadersOfTheProtocol() throws Exception {
    export(start("headers: {X-Scope-OrgID: a}"), batch(lines(1, 2)));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.streams())
        .isEqualTo(
            Map.of(
                "a " + STREAM,
                List.of(
                    new FakeLoki.Entry(1, "line 1", List.of()),
                    new FakeLoki.Entry(2, "line 2", List.of()))));
    assertThat(loki.lastHeaders.getFirst("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(loki.lastHeaders.getFirst("User-Agent")).startsWith("Millrace");
    assertThat(loki.lastHeaders.containsKey("Content-Encoding")).isFalse();
  }

  @Test
  void theTenantOfARecordReplacesThatOfTheAuthenticator() throws Exception {
    host.extension(
        "login",
        (ClientAuthenticator)
            (context, result) ->
                result.accept(
                    new Credentials.Headers(
                        Map.of("authorization", "Bearer b", "x-scope-orgid", "a"))));
    Exporter exporter =
        start("auth: {authenticator: login}\ntenant: {source: attributes, value: t}");
    export(exporter, batch(request(resource(attribute("t", "b")), record("x"))));
    assertThat(loki.lastHeaders.get("X-Scope-OrgID")).containsExactly("b");

    export(exporter, batch(lines(1, 1)));
    assertThat(loki.lastHeaders.get("X-Scope-OrgID")).containsExactly("a");
    assertThat(loki.lastHeaders.getFirst("Authorization")).isEqualTo("Bearer b");
  }

  /** Guarantees: a tenant that Loki does not take costs the others nothing, even in one lane. */
  @Test
  void aTenantThatIsForbiddenDoesNotHoldTheOthers() throws Exception {
    loki.isForbidden = "a"::equals;
    Exporter exporter =
        start("sending_queue: {num_consumers: 1}\ntenant: {source: attributes, value: t}");
    exporter.consume(batch(request(resource(attribute("t", "a")), record("x"))));
    await().until(() -> loki.statuses.contains(403));
    exporter.consume(batch(request(resource(attribute("t", "b")), record("y"))));
    exporter.consume(batch(request(resource(attribute("t", "a")), record("z"))));

    AckProbe ofB = ledger.probes().get(1);
    await().until(() -> ofB.settlement() != null);
    ofB.assertSettledOnce(Settlement.DELIVERED);
    assertThat(loki.streams()).hasSize(1);
    assertThat(exporter.heldItems()).isEqualTo(2);
  }

  /**
   * Guarantees: where some records name a tenant by a hint, those that do not are one of several.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "tenant: {source: static, value: a}"})
  void recordsWithoutTheHintDoNotHoldThoseWithIt(String tenant) throws Exception {
    loki.isForbidden = name -> !name.equals("b");
    Exporter exporter = start("sending_queue: {num_consumers: 1}\n" + tenant);
    ExportLogsServiceRequest hinted =
        request(resource(attribute("loki.tenant", "t"), attribute("t", "b")), record("x"));
    export(exporter, batch(hinted));
    exporter.consume(batch(request(resource(), record("y"))));
    await().until(() -> loki.statuses.contains(403));
    exporter.consume(batch(hinted));

    AckProbe second = ledger.probes().getLast();
    await().until(() -> second.settlement() != null);
    second.assertSettledOnce(Settlement.DELIVERED);
    assertThat(exporter.heldItems()).isEqualTo(1);
  }

  @Test
  void theTenantOfARecordReplacesTheConfiguredHeader() throws Exception {
    Exporter exporter =
        start("headers: {X-Scope-OrgID: a}\ntenant: {source: attributes, value: t}");
    export(exporter, batch(request(resource(attribute("t", "b")), record("x"))));

    assertThat(loki.streams()).containsOnlyKeys("b {service_name=\"unknown_service\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void sendsTheSameBytesAgainWhereTheDataIsNotAtFault(int status) throws Exception {
    loki.next.addAll(List.of(status, status));
    export(start(""), batch(lines(1, 3)));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.statuses).containsExactly(status, status, 204);
    assertThat(loki.entries()).isEqualTo(3);
  }

  @Test
  void waitsAsLongAsLokiSays() throws Exception {
    loki.next.add(429);
    loki.retryAfter = "1";
    long start = System.nanoTime();
    export(start(""), batch(lines(1, 1)));

    assertSettled(Settlement.DELIVERED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void neverSendsAgainWhatLokiHasTakenInPart() throws Exception {
    loki.isPoison = line -> line.equals("line 2");
    export(start(""), batch(lines(1, 3)));

    assertSettled(Settlement.dropped("partial_success"));
    assertThat(loki.statuses).containsExactly(400);
    assertThat(loki.entries()).isEqualTo(2);
    assertThat(counted("otelcol_exporter_sent_log_records")).isEqualTo(2);
    assertThat(counted("otelcol_exporter_send_failed_log_records")).isEqualTo(1);
  }

  @Test
  void oneBadRecordAmongManyCostsItselfAlone() throws Exception {
    loki.isPoison = line -> line.equals("line 4711");
    export(start(""), batch(lines(1, 8192)));

    assertThat(loki.entries()).isEqualTo(8191);
    assertThat(loki.statuses).hasSizeLessThan(5);
    assertThat(counted("otelcol_exporter_send_failed_log_records")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {260, 400})
  void neverSendsAPieceOfWhatLokiMayHaveTakenInPart(int status) throws Exception {
    loki.next.add(status);
    export(start(""), batch(lines(1, 3)));

    assertSettled(Settlement.rejected("partial_success"));
    assertThat(loki.attempts()).isEqualTo(1);
    assertThat(counted("otelcol_exporter_send_failed_log_records")).isEqualTo(3);
  }

  @Test
  void rejectsASingleRecordThatLokiNeverTakes() throws Exception {
    loki.next.add(422);
    export(start(""), batch(lines(1, 1)));

    assertSettled(Settlement.rejected("permanent_error"));
    assertThat(loki.attempts()).isEqualTo(1);
  }

  @Test
  void cutsWhatIsTooLarge() throws Exception {
    loki.entriesMax = 10;
    export(start(""), batch(lines(1, 64)));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.entries()).isEqualTo(64);
  }

  @Test
  void aSingleRecordThatIsTooLargeIsRejected() throws Exception {
    loki.entriesMax = 0;
    export(start(""), batch(lines(1, 2)));

    assertSettled(Settlement.rejected(Settlement.TOO_LARGE));
    assertThat(loki.attempts()).isEqualTo(3);
  }

  @Test
  void aLostReplyMakesNoDuplicates() throws Exception {
    loki.next.add(STORE_AND_HANG_UP);
    export(start("default_labels_enabled:"), batch(lines(1, 3)));
    loki.isStrict = false;
    loki.next.add(STORE_AND_HANG_UP);
    export(exporters.getFirst(), batch(lines(4, 3)));

    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
    assertThat(loki.entries()).isEqualTo(6);
  }

  @Test
  void anOrderedLokiThatHasItAlreadyCountsAsDelivered() throws Exception {
    loki.next.add(STORE_AND_HANG_UP);
    export(start(""), batch(lines(1, 3)));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.statuses).containsExactly(400);
    assertThat(loki.entries()).isEqualTo(3);
    assertThat(counted("otelcol_exporter_loki_assumed_delivered")).isEqualTo(3);
  }

  @Test
  void aLokiThatHangsIsGivenUpAndTriedAgain() throws Exception {
    loki.answer(body -> loki.attempts() == 1 ? Answer.NEVER : Answer.ACCEPT);
    export(start("timeout: 200ms"), batch(lines(1, 3)));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.attempts()).isEqualTo(2);
  }

  /** Guarantees: what fails on the way arrives in order, stream by stream, and nothing twice. */
  @Test
  void everyStreamStaysInOrderWhateverFails() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    loki.answer(body ->
        Math.floorMod(body.length * 31 + loki.attempts(), 4) == 0
            ? Answer.TRY_AGAIN
            : Answer.ACCEPT);
    Exporter exporter = start("sending_queue: {num_consumers: 4}\nmax_batch_size_bytes: 2000");
    for (int i = 0; i < 100; i++) {
      int time = i;
      ExportLogsServiceRequest.Builder all = ExportLogsServiceRequest.newBuilder();
      for (int stream = 0; stream < 8; stream++) {
        LogRecord.Builder[] records =
            IntStream.range(0, random.nextInt(20))
                .mapToObj(n -> record("r" + n).setTimeUnixNano(1 + time * 100L + n))
                .toArray(LogRecord.Builder[]::new);
        all.addAllResourceLogs(
            request(resource(attribute("service.name", "s" + stream)), records)
                .getResourceLogsList());
      }
      exporter.consume(batch(all.build()));
    }
    ledger.awaitAllSettled(DEADLINE);

    assertThat(ledger.probes())
        .as("seed %s", seed)
        .allSatisfy(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
    assertThat(loki.statuses).as("seed %s", seed).containsOnly(204, 503);
  }

  @Test
  void keepsSendersApart() throws Exception {
    AckProbe good = ledger.open();
    AckProbe bad = ledger.open();
    Ack joined = Ack.join(List.of(new AckShare(good, 1), new AckShare(bad, 1)));
    OtlpBatch batch =
        LokiTranslationFixture.batch(
            request(resource(), record("good"), record("bad", attribute("loki.format", "xml"))),
            RequestContext.EMPTY);
    export(start(""), batch.withAck(joined));

    good.assertSettledOnce(Settlement.DELIVERED);
    bad.assertSettledOnce(Settlement.rejected("failed_translation"));
    assertThat(loki.entries()).isEqualTo(1);
  }

  @Test
  void anEmptyBatchIsDelivered() throws Exception {
    export(start(""), batch(ExportLogsServiceRequest.getDefaultInstance()));

    assertSettled(Settlement.DELIVERED);
    assertThat(loki.attempts()).isZero();
  }

  @Test
  void takesLogsOnly() {
    assertThatThrownBy(() ->
            new LokiExporterFactory()
                .create(host.context("loki"), Configs.of(loki.url(), ""), Signal.TRACES))
        .hasMessageContaining("expected: a pipeline of logs");
  }
}
