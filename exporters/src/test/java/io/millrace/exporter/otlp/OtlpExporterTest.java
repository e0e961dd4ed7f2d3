package io.millrace.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.ByteBudget;
import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.OtlpSamples;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exporter against a gRPC server on loopback. */
class OtlpExporterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final FakeHost host = new FakeHost(Clock.SYSTEM);
  private final ByteBudget budget = host.budget();
  private final Backend backend = new Backend(budget);
  private final AckLedger ledger = new AckLedger();
  private final List<Exporter> exporters = new CopyOnWriteArrayList<>();
  private GrpcServer server;
  private int port;

  /** Keeps what arrives and answers by the next script, or with success. */
  private record Backend(
      ByteBudget budget,
      List<byte[]> messages,
      List<Map<String, List<String>>> headers,
      ConcurrentLinkedQueue<Consumer<UnaryCall>> scripts)
      implements UnaryHandler {
    Backend(ByteBudget budget) {
      this(
          budget,
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          new ConcurrentLinkedQueue<>());
    }

    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      budget.release(reservedBytes);
      messages.add(bytes);
      headers.add(call.metadata());
      Consumer<UnaryCall> script = scripts.poll();
      if (script == null) {
        call.succeed();
      } else {
        script.accept(call);
      }
    }

    @Override
    public void refuse(UnaryCall call) {
      call.fail(GrpcCode.UNAVAILABLE, "no room", 1);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            Map.of(
                "opentelemetry.proto.collector.trace.v1.TraceService/Export", backend,
                "opentelemetry.proto.collector.metrics.v1.MetricsService/Export", backend,
                "opentelemetry.proto.collector.logs.v1.LogsService/Export", backend,
                "opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export",
                    backend),
            budget,
            error -> {});
    port = server.start().getPort();
  }

  @AfterEach
  void close() {
    exporters.forEach(Exporter::shutdown);
    server.shutdown(Duration.ZERO);
  }

  private OtlpGrpcConfig config(String compression, Duration timeout) {
    return Configs.of(
        "localhost:" + port,
        """
        tls: {insecure: true}
        headers: {x-scope-orgid: a}
        compression: %s
        timeout: %dms
        retry_on_failure: {initial_interval: 5ms, max_interval: 20ms, max_elapsed_time: 10s}
        """
            .formatted(compression, timeout.toMillis()));
  }

  private Exporter start(Signal signal, OtlpGrpcConfig config) throws Exception {
    Exporter exporter =
        new OtlpExporterFactory().create(host.context("otlp_grpc/a"), config, signal);
    exporter.start();
    exporters.add(exporter);
    return exporter;
  }

  /** Guarantees: what the extension says goes before the configured header of that name. */
  @Test
  void sendsTheHeadersOfItsAuthenticator() throws Exception {
    host.extension(
        "login",
        (ClientAuthenticator)
            (context, result) ->
                result.accept(
                    new Credentials.Headers(
                        Map.of("authorization", "Bearer b", "X-Scope-OrgID", "c"))));
    OtlpGrpcConfig config =
        Configs.of(
            "localhost:" + port,
            """
            tls: {insecure: true}
            headers: {x-scope-orgid: a}
            auth: {authenticator: login}
            """);
    start(Signal.TRACES, config).consume(ledger.watch(OtlpSamples.spans(1)));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.headers.getFirst())
        .containsEntry("authorization", List.of("Bearer b"))
        .containsEntry("x-scope-orgid", List.of("c"));
  }

  private OtlpBatch export(Signal signal, Duration timeout) throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.batch(signal, 10));
    start(signal, config("none", timeout)).consume(batch);
    ledger.awaitAllSettled(DEADLINE);
    return batch;
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void sendsTheBytesOfEverySignal(Signal signal) throws Exception {
    OtlpBatch batch = export(signal, Duration.ofSeconds(10));

    assertThat(backend.messages).containsExactly(batch.bytes());
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
    assertThat(
            host.metrics()
                .counter("otelcol_exporter_sent_" + signal.items(), "", "exporter", "otlp_grpc/a")
                .value())
        .isEqualTo(batch.items());
  }

  @Test
  void sendsARangeOfALargerArray() throws Exception {
    OtlpBatch whole = OtlpSamples.spans(3);
    byte[] padded = new byte[whole.length() + 20];
    System.arraycopy(whole.bytes(), whole.offset(), padded, 10, whole.length());
    start(Signal.TRACES, config("gzip", Duration.ofSeconds(10)))
        .consume(
            ledger.watch(
                new OtlpBatch(
                    padded,
                    10,
                    whole.length(),
                    Signal.TRACES,
                    3,
                    whole.arrival(),
                    whole.context(),
                    whole.ack())));
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.messages).containsExactly(whole.bytes());
  }

  @Test
  void sendsHeadersAndSaysWhoItIs() throws Exception {
    export(Signal.TRACES, Duration.ZERO);

    assertThat(backend.headers.getFirst()).containsEntry("x-scope-orgid", List.of("a"));
    assertThat(backend.headers.getFirst().getOrDefault("user-agent", List.of()))
        .singleElement()
        .asString()
        .startsWith("Millrace");
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "SNAPPY"})
  void compressesAsTold(Compression compression) throws Exception {
    OtlpBatch batch = ledger.watch(OtlpSamples.spans(10));
    start(Signal.TRACES, config(compression.toString(), Duration.ofSeconds(10))).consume(batch);
    ledger.awaitAllSettled(DEADLINE);

    assertThat(backend.headers.getFirst())
        .containsEntry("grpc-encoding", List.of(compression.encoding()));
    assertThat(backend.messages).containsExactly(batch.bytes());
  }

  @Test
  void doesNotCompressWhenTold() throws Exception {
    export(Signal.TRACES, Duration.ofSeconds(10));

    assertThat(backend.headers.getFirst()).doesNotContainKey("grpc-encoding");
  }

  @Test
  void triesAgainAfterTheHint() throws Exception {
    backend.scripts.add(call -> call.fail(GrpcCode.UNAVAILABLE, "later", 50_000_000));
    long start = System.nanoTime();
    export(Signal.LOGS, Duration.ofSeconds(10));

    assertThat(System.nanoTime() - start).isGreaterThan(50_000_000);
    assertThat(backend.messages).hasSize(2);
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
  }

  @Test
  void triesAgainWhenABackendHangs() throws Exception {
    backend.scripts.add(call -> {});
    export(Signal.LOGS, Duration.ofMillis(100));

    assertThat(backend.messages).hasSize(2);
    ledger.probes().getFirst().assertSettledOnce(Settlement.DELIVERED);
  }

  @Test
  void dropsWhatTheBackendFindsInvalid() throws Exception {
    for (int i = 0; i < 1000; i++) {
      backend.scripts.add(call -> call.fail(GrpcCode.INVALID_ARGUMENT, "bad", 0));
    }
    export(Signal.METRICS, Duration.ofSeconds(10));

    ledger.probes().getFirst().assertSettledOnce(Settlement.rejected("permanent_error"));
  }

  @Test
  void deliversEverythingAcrossARestartOfTheBackend() throws Exception {
    Exporter exporter = start(Signal.TRACES, config("none", Duration.ofSeconds(1)));
    exporter.consume(ledger.watch(OtlpSamples.spans(1)));
    ledger.awaitAllSettled(DEADLINE);
    server.shutdown(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      exporter.consume(ledger.watch(OtlpSamples.spans(1)));
    }
    GrpcServer second =
        new GrpcServer(
            GrpcServerConfig.listenOn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
            Map.of("opentelemetry.proto.collector.trace.v1.TraceService/Export", backend),
            budget,
            error -> {});
    second.start();
    ledger.awaitAllSettled(DEADLINE);
    second.shutdown(Duration.ZERO);

    ledger.probes().forEach(probe -> probe.assertSettledOnce(Settlement.DELIVERED));
  }

  @Test
  void needsTheFramingOfEverythingButProfiles() throws Exception {
    OtlpGrpcConfig config = config("none", Duration.ZERO);

    assertThat(start(Signal.LOGS, config).requires()).isEqualTo(Validation.FRAMING);
    assertThat(start(Signal.PROFILES, config).requires()).isEqualTo(Validation.OPAQUE);
  }

  @Test
  void isNotConfiguredWithoutTheFilesOfItsCertificates() {
    assertThatThrownBy(() ->
            Configs.of("https://localhost:1", "tls: {insecure: true, ca_file: /no/such/file.pem}"))
        .hasMessageContaining("ca_file")
        .hasMessageContaining("no such file");
  }
}
