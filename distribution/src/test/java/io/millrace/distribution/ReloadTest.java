package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario: SIGHUP again and again under load, every second time with a broken configuration.
 * Guarantees: the process lives, no sender notices, and what was accepted arrives. Where a port is
 * in the way, senders have to try again, and that is all.
 */
class ReloadTest {
  private static final int RELOADS = Integer.getInteger("reload.rounds", 6);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES) // -Dreload.rounds=50 is a hundred reloads
  void noSenderNoticesAReloadAndNothingIsLost() throws Exception {
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace =
            RunningMillrace.start(folder, queueing(sink.port()), "otlp_grpc");
        Load load = new Load(millrace)) {
      String valid = Files.readString(millrace.config());
      for (int i = 1; i <= RELOADS; i++) {
        load.awaitMore();
        reload(millrace, valid + "limits: broken\n");
        awaitReloads(millrace, "failure", i);
        assertThat(millrace.metrics()).contains("millrace_config_last_reload_successful 0\n");
        load.awaitMore();
        reload(
            millrace,
            valid.replace("insecure: true}", "insecure: true}\n    timeout: 1" + i + "s"));
        awaitReloads(millrace, "success", i);
      }
      load.awaitMore();
      load.stop();

      assertThat(load.failures).isEmpty();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(arrived(sink)).containsAll(load.accepted));
    }
  }

  /** With room for what a sink on a busy machine is behind. */
  private static String queueing(int port) {
    return """
    exporters:
      otlp_grpc:
        endpoint: 127.0.0.1:%d
        tls: {insecure: true}
        sending_queue: {queue_size: 100000}
    """
        .formatted(port);
  }

  /**
   * Scenario: a receiver and an exporter that listen are made anew on the ports they had.
   * Guarantees: nobody finds a port closed, calls over gRPC go on, and what was accepted arrives.
   */
  @Test
  void handsPortsOverToWhoeverListensThereNext() throws Exception {
    int port = RunningMillrace.freePort();
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace =
            RunningMillrace.start(
                folder,
                """
                exporters:
                  otlp: {endpoint: '127.0.0.1:%d', tls: {insecure: true}}
                  prometheus: {endpoint: '127.0.0.1:%d', namespace: a}
                """
                    .formatted(sink.port(), port),
                "otlp");
        Load load = new Load(millrace)) {
      String scraped =
          Files.readString(millrace.config())
              + "    metrics/scraped: {receivers: [otlp], exporters: [prometheus]}\n";
      reload(millrace, scraped);
      awaitReloads(millrace, "success", 1);
      load.awaitMore();
      assertThat(load.failures).isEmpty();

      try (Prober scraper = new Prober(port);
          Prober sender = new Prober(millrace.httpPort())) {
        reload(
            millrace,
            scraped
                .replace("namespace: a", "namespace: b")
                .replaceAll("(grpc|http): \\{", "$0include_metadata: true, "));
        awaitReloads(millrace, "success", 2);
        load.awaitMore();
        load.stop();
        assertThat(scraper.refused()).isZero();
        assertThat(sender.refused()).isZero();
      }
      assertThat(statusOf("http://127.0.0.1:" + port + "/metrics")).isEqualTo(200);
      // A client of HTTP/1.1 may send on a connection that is just being closed.
      assertThat(load.failures).allMatch(failure -> failure.contains("IOException"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(arrived(sink)).containsAll(load.accepted));
    }
  }

  /** Scenario: the new port is another process's. Guarantees: no sender notices the reload. */
  @Test
  void goesOnUndisturbedWhenSomebodyElseHoldsAPort() throws Exception {
    try (OtlpSink sink = new OtlpSink();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningMillrace millrace = RunningMillrace.exportingOverGrpc(folder, sink.port());
        Load load = new Load(millrace)) {
      String valid = Files.readString(millrace.config());
      load.awaitMore();

      reload(
          millrace,
          valid.replace("127.0.0.1:" + millrace.grpcPort(), "127.0.0.1:" + taken.getLocalPort()));

      awaitReloads(millrace, "failure", 1);
      load.awaitMore();
      load.stop();
      assertThat(load.failures).isEmpty();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(arrived(sink)).containsAll(load.accepted));
    }
  }

  static void reload(RunningMillrace millrace, String yaml) throws Exception {
    Files.writeString(millrace.config(), yaml);
    String pid = Long.toString(millrace.process().pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  static void awaitReloads(RunningMillrace millrace, String outcome, int times) {
    String line = "millrace_config_reloads_total{outcome=\"%s\"} %d\n".formatted(outcome, times);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class) // a restart closes the port for a moment
        .untilAsserted(() -> assertThat(millrace.metrics()).contains(line));
  }

  private static int statusOf(String uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** One sender over gRPC and one over HTTP/1.1, each on one connection, without a pause. */
  private static final class Load implements AutoCloseable {
    private static final long HTTP_IDS = 1L << 32;

    /** After a failure, so that a gap does not fill the memory. */
    private static final long PAUSE_NANOS = 10_000_000;

    final Set<Long> accepted = ConcurrentHashMap.newKeySet();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger overGrpc = new AtomicInteger();
    private final AtomicInteger overHttp = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CompletableFuture<Void> grpc;
    private final CompletableFuture<Void> http;

    Load(RunningMillrace millrace) {
      grpc = CompletableFuture.runAsync(() -> sendOverGrpc(millrace.grpcPort()), threads);
      http = CompletableFuture.runAsync(() -> sendOverHttp(millrace.httpPort()), threads);
    }

    private void sendOverGrpc(int port) {
      try (RawSender sender = new RawSender(port)) {
        for (long id = 1; !isOver.get(); id++) {
          Status status = RawSender.status(sender.send(request(id)));
          note(id, status.isOk(), overGrpc, status.toString());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void sendOverHttp(int port) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/v1/traces");
      try (HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        for (long id = HTTP_IDS; !isOver.get(); id++) {
          HttpRequest request =
              HttpRequest.newBuilder(uri)
                  .header("content-type", "application/x-protobuf")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(request(id)))
                  .build();
          try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            note(id, status == 200, overHttp, "HTTP " + status);
          } catch (IOException e) {
            note(id, false, overHttp, e.toString());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void note(long id, boolean isAccepted, AtomicInteger count, String status) {
      if (isAccepted) {
        accepted.add(id);
        count.incrementAndGet();
      } else {
        failures.add(id + ": " + status);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    /** Waits until both have got something through. */
    void awaitMore() {
      int grpcBefore = overGrpc.get();
      int httpBefore = overHttp.get();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(overGrpc)
                .as("gRPC, %d failed", failures.size())
                .hasValueGreaterThan(grpcBefore);
            assertThat(overHttp)
                .as("HTTP, %d failed", failures.size())
                .hasValueGreaterThan(httpBefore);
          });
    }

    void stop() throws Exception {
      isOver.set(true);
      CompletableFuture.allOf(grpc, http).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      isOver.set(true);
      threads.shutdown();
    }
  }

  /** Connects to a port again and again, and counts how often it was closed. */
  private static final class Prober implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();

    Prober(int port) {
      Thread.ofPlatform().daemon().start(() -> probe(port));
    }

    private void probe(int port) {
      while (!isOver.get()) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setSoLinger(true, 0); // leaves no port of its own behind
        } catch (ConnectException e) {
          refused.incrementAndGet();
        } catch (IOException e) { // a listener was closed before it had accepted
          continue;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    int refused() {
      return refused.get();
    }

    @Override
    public void close() {
      isOver.set(true);
    }
  }

  private static byte[] request(long id) {
    ExportTraceServiceRequest.Builder request = OtlpSamples.spanRequest(1).toBuilder();
    byte[] bytes = ByteBuffer.allocate(8).putLong(id).array();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .setSpanId(ByteString.copyFrom(bytes));
    return request.build().toByteArray();
  }

  private static Set<Long> arrived(OtlpSink sink) {
    return sink.traces.stream()
        .flatMap(OtlpSink::spans)
        .map(Span::getSpanId)
        .map(id -> id.asReadOnlyByteBuffer().getLong())
        .collect(Collectors.toSet());
  }
}
