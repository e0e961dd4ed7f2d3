package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClient;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Scenario: slow heads, slow bodies, half-open and idle connections on every listener, while good
 * clients send.
 *
 * <p>Guarantees: every bad connection is closed by its limit, every good request succeeds, and
 * nothing stays reserved.
 */
final class BadNeighboursTest {
  private static final int SLOW = 200;
  private static final int IDLE = 1000;
  private static final byte[] BODY = {0x0a, 0}; // one resource without a scope
  private static final String POST = "POST /v1/traces HTTP/1.1\r\nHost: t\r\n";
  private static final String TYPE = "Content-Type: application/x-protobuf\r\n";
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private final RecordingDoor door = new RecordingDoor();
  private final List<BadSender> slow = new ArrayList<>();
  private final List<BadSender> idle = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final ExecutorService good = Executors.newVirtualThreadPerTaskExecutor();
  private final OtlpReceiver receiver = receiver();

  @BeforeEach
  void listen() throws IOException {
    receiver.start();
  }

  @AfterEach
  void shutdown() throws IOException {
    for (BadSender sender : slow) {
      sender.close();
    }
    for (BadSender sender : idle) {
      sender.close();
    }
    good.shutdownNow();
    receiver.shutdown();
    await().untilAsserted(() -> assertThat(door.budget().used()).isZero());
  }

  @Test
  void areClosedWhileGoodClientsSucceed() throws Exception {
    Future<Integer> overHttp = good.submit(repeated(this::postOnce));
    Future<Integer> overGrpc;
    try (GrpcClient client = grpcClient()) {
      overGrpc = good.submit(repeated(() -> callOnce(client)));
      connect();
      await()
          .atMost(GIVE_UP)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            slow.forEach(sender -> sender.send(new byte[] {'a'}));
            return areClosed(slow) && areClosed(idle);
          });
      isOver.set(true);
      assertThat(overHttp.get()).isGreaterThan(10);
      assertThat(overGrpc.get()).isGreaterThan(10);
    }
  }

  private void connect() throws IOException {
    int http = receiver.httpPort();
    for (int i = 0; i < SLOW; i++) {
      slow.add(BadSender.saying(http, POST + "X-Slow: "));
      slow.add(BadSender.saying(http, POST + TYPE + "Content-Length: 10485760\r\n\r\n"));
    }
    for (int i = 0; i < IDLE; i++) {
      String whole = i % 2 == 0 ? "" : POST + TYPE + "Content-Length: 0\r\n\r\n";
      idle.add(BadSender.saying(http, whole));
      idle.add(BadSender.http2(i % 2 == 0 ? http : receiver.grpcPort()));
    }
  }

  private static boolean areClosed(List<BadSender> senders) {
    senders.removeIf(BadSender::isClosed);
    return senders.isEmpty();
  }

  /**
   * Returns a task that sends until all is over, and tells how often; the first failure ends it.
   */
  private Callable<Integer> repeated(Callable<Boolean> once) {
    return () -> {
      int sent = 0;
      while (!isOver.get()) {
        assertThat(once.call()).isTrue();
        sent++;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      return sent;
    };
  }

  private boolean postOnce() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces");
    try (HttpClient client = HttpClient.newHttpClient()) { // connects anew, as the worst case
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("content-type", "application/x-protobuf")
              .timeout(Duration.ofSeconds(10))
              .POST(BodyPublishers.ofByteArray(BODY))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
  }

  private static boolean callOnce(GrpcClient client) {
    CompletableFuture<GrpcCode> code = new CompletableFuture<>();
    client.call(
        OtlpGrpcService.method(Signal.TRACES),
        BODY,
        0,
        BODY.length,
        TimeUnit.SECONDS.toNanos(10),
        new UnaryResponse() {
          @Override
          public void succeeded(byte[] message) {
            code.complete(GrpcCode.OK);
          }

          @Override
          public void failed(GrpcCode failure, String message, long retryAfterNanos) {
            code.complete(failure);
          }
        });
    return code.join() == GrpcCode.OK;
  }

  private GrpcClient grpcClient() throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            "127.0.0.1:" + receiver.grpcPort(),
            Compression.NONE,
            Map.of(),
            ClientTlsConfig.PLAINTEXT));
  }

  private OtlpReceiver receiver() {
    Protocols protocols =
        Configured.protocols(
            """
            protocols:
              http:
                endpoint: localhost:0
                read_header_timeout: 1s
                read_timeout: 1s
                idle_timeout: 1s
              grpc:
                endpoint: localhost:0
                read_timeout: 1s
                keepalive: {server_parameters: {max_connection_idle: 1s}}
            """);
    return new OtlpReceiver(new FakeHost(Clock.SYSTEM).context("otlp"), protocols, door);
  }
}
