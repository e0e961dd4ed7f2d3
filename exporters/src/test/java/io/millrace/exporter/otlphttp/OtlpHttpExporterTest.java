package io.millrace.exporter.otlphttp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.json.JsonOracle;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exporter against the JDK's HTTP server on loopback. */
class OtlpHttpExporterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String QUICK =
      "\nretry_on_failure: {initial_interval: 5ms, max_interval: 20ms, max_elapsed_time: 10s}";

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final AckLedger ledger = new AckLedger();
  private final List<Exporter> exporters = new ArrayList<>();
  private FakeBackend backend;

  @BeforeEach
  void listen() throws IOException {
    backend = new FakeBackend();
  }

  @AfterEach
  void close() {
    exporters.forEach(Exporter::shutdown);
    backend.close();
  }

  private Exporter create(Signal signal, String yaml) throws Exception {
    OtlpHttpExporterFactory factory = new OtlpHttpExporterFactory();
    OtlpHttpExporterConfig config = ConfigLoader.loadComponent(factory, yaml + QUICK);
    Exporter exporter = factory.create(host.context("otlp_http"), config, signal);
    exporters.add(exporter);
    return exporter;
  }

  private OtlpBatch export(Signal signal, String yaml) throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.batch(signal, 10));
    Exporter exporter = create(signal, yaml);
    exporter.start();
    exporter.consume(batch);
    ledger.awaitAllSettled(DEADLINE);
    return batch;
  }

  private OtlpBatch export(Signal signal) throws Exception {
    return export(signal, "endpoint: " + backend.url());
  }

  private void assertSettled(Settlement settlement) {
    ledger.probes().getLast().assertSettledOnce(settlement);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACES, /v1/traces",
    "METRICS, /v1/metrics",
    "LOGS, /v1/logs",
    "PROFILES, /v1development/profiles"
  })
  void postsTheBytesOfEverySignalToItsPath(Signal signal, String path) throws Exception {
    OtlpBatch batch = export(signal, "endpoint: " + backend.url() + "/base/");

    FakeBackend.Request request = backend.requests.getFirst();
    assertThat(request.path()).isEqualTo("/base" + path);
    assertThat(request.body()).isEqualTo(batch.bytes());
    assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(request.headers().getFirst("User-Agent")).startsWith("Millrace");
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void takesTheUrlOfASignalAsItIs() throws Exception {
    export(
        Signal.LOGS,
        "endpoint: http://localhost:1\nlogs_endpoint: " + backend.url() + "/otlp/v1/logs");

    assertThat(backend.requests.getFirst().path()).isEqualTo("/otlp/v1/logs");
  }

  @Test
  void compressesUnlessToldAndSendsHeaders() throws Exception {
    export(Signal.TRACES);
    export(
        Signal.TRACES,
        "compression: none\nheaders: {X-Scope-OrgID: a}\nendpoint: " + backend.url());

    assertThat(backend.requests.get(0).headers().getFirst("Content-Encoding")).isEqualTo("gzip");
    assertThat(backend.requests.get(1).headers().getFirst("Content-Encoding")).isNull();
    assertThat(backend.requests.get(1).headers().getFirst("X-Scope-OrgID")).isEqualTo("a");
  }

  /** Guarantees: what the extension says goes before the configured header of that name. */
  @Test
  void sendsTheHeadersOfItsAuthenticator() throws Exception {
    host.extension(
        "login",
        (ClientAuthenticator)
            (context, result) ->
                result.accept(new Credentials.Headers(Map.of("authorization", "Bearer b"))));
    export(
        Signal.TRACES,
        "headers: {Authorization: a, X-Other: c}\nauth: {authenticator: login}\nendpoint: "
            + backend.url());

    assertThat(backend.requests.getFirst().headers().get("Authorization"))
        .containsExactly("Bearer b");
    assertThat(backend.requests.getFirst().headers().getFirst("X-Other")).isEqualTo("c");
    assertSettled(Settlement.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "snappy", "x-snappy-framed", "zlib", "deflate", "lz4"})
  void compressesAsTold(String compression) throws Exception {
    OtlpBatch batch =
        export(Signal.TRACES, "compression: " + compression + "\nendpoint: " + backend.url());

    FakeBackend.Request request = backend.requests.getFirst();
    assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo(compression);
    assertThat(request.body()).isEqualTo(batch.bytes());
    assertSettled(Settlement.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void postsJsonThatMeansTheSame(Signal signal) throws Exception {
    OtlpBatch batch = export(signal, "encoding: json\nendpoint: " + backend.url());

    FakeBackend.Request request = backend.requests.getFirst();
    Message oracle = JsonOracle.read(signal, new String(request.body(), UTF_8));
    assertThat(oracle).isEqualTo(oracle.getParserForType().parseFrom(batch.bytes()));
    assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void asksForDeepValidationOnlyWhereItReads() throws Exception {
    assertThat(create(Signal.LOGS, "endpoint: http://a:1").requires())
        .isEqualTo(Validation.FRAMING);
    assertThat(create(Signal.LOGS, "encoding: json\nendpoint: http://a:1").requires())
        .isEqualTo(Validation.DEEP);
  }

  @Test
  void rejectsWhatCannotBecomeJson() throws Exception {
    Exporter exporter = create(Signal.LOGS, "encoding: json\nendpoint: " + backend.url());
    exporter.start();
    OtlpBatch sound = OtlpSamples.batch(Signal.LOGS, 1);
    byte[] damaged = sound.bytes().clone();
    damaged[1]++;
    exporter.consume(
        ledger.watch(
            new OtlpBatch(
                damaged,
                0,
                damaged.length,
                Signal.LOGS,
                1,
                sound.arrival(),
                sound.context(),
                sound.ack())));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.requests).isEmpty();
    assertSettled(Settlement.rejected("permanent_error"));
  }

  @Test
  void triesAgainNotBeforeRetryAfter() throws Exception {
    backend.scripts.add(FakeBackend.status(503, "Retry-After", "1"));
    long start = System.nanoTime();
    export(Signal.METRICS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(backend.requests).hasSize(2);
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void triesAgainWhenABackendHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    backend.scripts.add(exchange -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    export(Signal.LOGS, "timeout: 100ms\nendpoint: " + backend.url());
    never.countDown();

    assertThat(backend.requests).hasSize(2);
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void triesAgainWhenTheConnectionIsCut() throws Exception {
    backend.scripts.add(exchange -> {});
    export(Signal.LOGS);

    assertThat(backend.requests).hasSize(2);
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void dropsWhatTheBackendFindsInvalid() throws Exception {
    for (int i = 0; i < 1000; i++) {
      backend.scripts.add(FakeBackend.status(400));
    }
    export(Signal.LOGS);

    assertSettled(Settlement.rejected("permanent_error"));
  }

  /** Scenario: hints that are damaged, negative, or long past. */
  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "-5", "1e12", "NaN", "", "Thu, 01 Jan 1970 00:00:00 GMT", "12, 13"})
  void aHintThatMakesNoSenseIsNone(String retryAfter) throws Exception {
    backend.scripts.add(FakeBackend.status(429, "Retry-After", retryAfter));
    long start = System.nanoTime();
    export(Signal.LOGS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(backend.requests).hasSize(2);
    assertSettled(Settlement.DELIVERED);
  }

  /** Scenario: one bad item among 8192, at a backend that takes a request as a whole or not. */
  @Test
  void oneBadItemOfManyCostsItselfAndFewRequests() throws Exception {
    ExportTraceServiceRequest.Builder poison = OtlpSamples.spanRequest(1).toBuilder();
    poison.getResourceSpansBuilder(0).getScopeSpansBuilder(0).getSpansBuilder(0).setName("poison");
    backend.always =
        body -> FakeBackend.status(new String(body, ISO_8859_1).contains("poison") ? 400 : 200);
    Exporter exporter = create(Signal.TRACES, "endpoint: " + backend.url());
    exporter.start();
    exporter.consume(
        ledger.watch(
            OtlpJoiner.join(
                List.of(
                    OtlpSamples.spans(8191), OtlpSamples.batch(Signal.TRACES, poison.build(), 1)),
                RequestContext.EMPTY)));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.requests).hasSizeLessThanOrEqualTo(2 * 13 + 2);
    assertSettled(Settlement.rejected("permanent_error"));
    assertThat(sent()).isEqualTo(8191);
  }

  @Test
  void halvesWhatIsTooLargeAndLearnsTheLimit() throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(2000));
    int limit = batch.length() / 3;
    backend.always = body -> FakeBackend.status(body.length > limit ? 413 : 200);
    Exporter exporter = create(Signal.TRACES, "endpoint: " + backend.url());
    exporter.start();
    exporter.consume(batch);
    ledger.awaitAllSettled(DEADLINE);
    int first = backend.requests.size();
    exporter.consume(ledger.watch(OtlpSamples.spans(2000)));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(first).as("whole, a half, its quarters, the other quarters").isEqualTo(6);
    assertThat(backend.requests).hasSize(first + 4);
    assertThat(sent()).isEqualTo(4000);
  }

  private long sent() {
    return host.metrics()
        .counter("otelcol_exporter_sent_spans", "", "exporter", "otlp_http")
        .value();
  }

  /** Scenario: the endpoint redirects; nobody says that the data may go there. */
  @Test
  void holdsInsteadOfFollowingARedirect() throws Exception {
    String elsewhere = backend.url() + "/elsewhere";
    backend.always = body -> FakeBackend.status(307, "Location", elsewhere);
    Exporter exporter = create(Signal.LOGS, "endpoint: " + backend.url());
    exporter.start();
    exporter.consume(ledger.watch(OtlpSamples.logs(1)));
    exporter.consume(ledger.watch(OtlpSamples.logs(1)));
    await().until(() -> exporter.heldItems() == 2 && !backend.requests.isEmpty());
    assertThat(ledger.unsettled()).hasSize(2);
    exporter.shutdown();

    assertThat(backend.requests).allMatch(request -> request.path().equals("/v1/logs"));
    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.refused("shutdown", 0)));
  }

  /** Scenario: an error page without end. */
  @Test
  void readsNoMoreOfAnAnswerThanItNeeds() throws Exception {
    AtomicLong written = new AtomicLong();
    backend.scripts.add(exchange -> {
      exchange.sendResponseHeaders(503, 0);
      byte[] page = new byte[64 * 1024];
      while (written.get() < 1L << 30) {
        exchange.getResponseBody().write(page);
        written.addAndGet(page.length);
      }
    });
    export(Signal.LOGS);

    assertThat(written.get()).isLessThan(64 << 20);
    assertSettled(Settlement.DELIVERED);
  }

  @Test
  void keepsToTheSlotsOfTheQueue() throws Exception {
    Exporter exporter =
        create(Signal.TRACES, "sending_queue: {num_consumers: 2}\nendpoint: " + backend.url());
    exporter.start();
    for (int i = 0; i < 200; i++) {
      exporter.consume(ledger.watch(OtlpSamples.spans(1)));
    }
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.requests).hasSize(200);
    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
  }

  @Test
  void isNotMadeWithoutAnEndpointForItsSignal() {
    assertThatThrownBy(() -> create(Signal.LOGS, "traces_endpoint: http://tempo:4318"))
        .hasMessageContaining("endpoint: absent (expected: set, or logs_endpoint)");
  }
}
