package io.millrace.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrpcServerTest {
  private static final String METHOD = "test.Echo/Call";
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  private final GrpcServer server = server(budget, handler);
  private int port;

  @BeforeEach
  void listen() throws IOException {
    port = server.start().getPort();
  }

  @AfterEach
  void holdsNothingAtTheEnd() {
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    server.shutdown(GRACE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 * KIB, 317 * KIB, 16 * MIB})
  void handsOverTheMessageAsItWasSent(int length) throws IOException {
    byte[] sent = bytes(length);

    assertThat(call(sent, false).code()).isEqualTo(GrpcCode.OK);
    assertThat(handler.messages).hasSize(1).first().isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64 * KIB, 317 * KIB})
  void inflatesGzip(int length) throws IOException {
    byte[] sent = bytes(length);

    assertThat(call(sent, true).code()).isEqualTo(GrpcCode.OK);
    assertThat(handler.messages).hasSize(1).first().isEqualTo(sent);
  }

  @Test
  void answersOkWithAnEmptyMessage() throws IOException {
    assertThat(call(bytes(10), false).bytes()).isEmpty();
  }

  @Test
  void answersErrorWithItsHint() throws IOException {
    handler.answer = call -> call.fail(GrpcCode.UNAVAILABLE, "queue_full", 250_000_000L);

    FutureResponse.Result result = call(bytes(10), false);

    assertThat(result.code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(result.message()).isEqualTo("queue_full");
    assertThat(result.retryAfterNanos()).isEqualTo(250_000_000L);
  }

  @Test
  void refusesBeforeReadingWhenTheBudgetHasNoRoomForAWindow() throws IOException {
    budget.charge(64 * MIB - 255 * KIB);

    FutureResponse.Result result = call(bytes(10), false);

    assertThat(result.code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(result.retryAfterNanos()).isEqualTo(1_500_000_000L);
    assertThat(handler.refused).hasSize(1);
    assertThat(handler.messages).isEmpty();
    budget.release(64 * MIB - 255 * KIB);
  }

  @Test
  void refusesWhileAMessageArrivesThatOutgrowsTheBudget() throws IOException {
    long taken = 64 * MIB - 600 * KIB;
    budget.charge(taken);

    assertThat(call(bytes(8 * MIB), false).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.refused).hasSize(1);
    await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(taken));
    budget.release(taken);
  }

  @Test
  void refusesWhenTheArrayHasNoRoomBesideTheTransport() throws IOException {
    long taken = 64 * MIB - 400 * KIB;
    budget.charge(taken);

    assertThat(call(bytes(200 * KIB), false).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.messages).isEmpty();
    budget.release(taken);
  }

  @Test
  void answersOverlongMessageWithoutHint() throws IOException {
    FutureResponse.Result result = call(bytes(16 * MIB + 1), false);

    assertThat(result.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
    assertThat(result.retryAfterNanos()).isZero();
    assertThat(handler.messages).isEmpty();
  }

  @Test
  void stopsGzipBombAtTheLimit() throws IOException {
    FutureResponse.Result result = call(new byte[48 * MIB], true);

    assertThat(result.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
    assertThat(result.retryAfterNanos()).isZero();
    assertThat(handler.messages).isEmpty();
  }

  @Test
  void refusesGzipBombThatOutgrowsTheBudget() throws IOException {
    long taken = 64 * MIB - MIB;
    budget.charge(taken);

    assertThat(call(new byte[8 * MIB], true).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    budget.release(taken);
  }

  @Test
  void answersUnknownMethodUnimplemented() throws IOException {
    try (GrpcClient client = client(false)) {
      FutureResponse response = new FutureResponse();
      client.call("test.Echo/Other", new byte[1], 0, 1, 10_000_000_000L, response);

      assertThat(response.await().code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
    }
  }

  @Test
  void answersDamagedGzipInvalidArgument() throws IOException {
    byte[] damaged = "this is not gzip".getBytes(StandardCharsets.US_ASCII);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD, "grpc-encoding", "gzip");
      raw.data(1, RawHttp2.message(true, damaged.length, damaged), true);

      assertThat(grpcStatus(raw)).isEqualTo("3");
    }
  }

  @Test
  void answersTruncatedGzipInvalidArgument() throws IOException {
    byte[] truncated = Arrays.copyOf(gzip(bytes(1000)), 500);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD, "grpc-encoding", "gzip");
      raw.data(1, RawHttp2.message(true, truncated.length, truncated), true);

      assertThat(grpcStatus(raw)).isEqualTo("3");
    }
  }

  @Test
  void answersCallWithoutMessageInvalidArgument() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD);
      raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[0]);

      assertThat(grpcStatus(raw)).isEqualTo("3");
    }
  }

  @Test
  void failsCallThatEndsInsideItsMessage() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD);
      raw.data(1, RawHttp2.message(false, 1000, new byte[10]), true);

      assertThat(grpcStatus(raw)).isEqualTo("13");
      assertThat(handler.messages).isEmpty();
    }
  }

  @Test
  void chargesTheWindowWhileACallIsOpenAndGivesItBackWhenTheConnectionIsCut() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD);
      raw.data(1, RawHttp2.message(false, 1000, new byte[10]), false);
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(256 * KIB));
    }
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
  }

  @Test
  void endsCallsThatNeverSendTheirMessage() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    GrpcServer impatient =
        new GrpcServer(
            new GrpcServerConfig(loopback, MIB, 10, Duration.ofMillis(200)),
            Map.of(METHOD, handler),
            budget,
            error -> {});
    try (RawHttp2 raw = new RawHttp2(impatient.start().getPort())) {
      raw.call(1, METHOD);
      assertThat(grpcStatus(raw)).isEqualTo("4");
      raw.call(3, METHOD);
      raw.data(3, RawHttp2.message(false, 1000, new byte[10]), false);
      assertThat(grpcStatus(raw)).isEqualTo("4");
      await().untilAsserted(() -> assertThat(budget.used()).isZero());
    }
    impatient.shutdown(GRACE);
  }

  @Test
  void isPatientWithItsOwnHandler() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    GrpcServer impatient =
        new GrpcServer(
            new GrpcServerConfig(loopback, MIB, 10, Duration.ofMillis(100)),
            Map.of(METHOD, handler),
            budget,
            error -> {});
    CompletableFuture<UnaryCall> held = new CompletableFuture<>();
    handler.answer = held::complete;
    try (RawHttp2 raw = new RawHttp2(impatient.start().getPort())) {
      raw.call(1, METHOD);
      raw.data(1, RawHttp2.message(false, 3, new byte[3]), true);
      UnaryCall waiting = held.join();
      raw.call(3, METHOD);
      assertThat(grpcStatus(raw)).isEqualTo("4"); // the other one, which sends nothing
      waiting.succeed();
      assertThat(String.valueOf(raw.awaitHeaders().status())).isEqualTo("200");
      assertThat(grpcStatus(raw)).isEqualTo("0");
    }
    impatient.shutdown(GRACE);
  }

  @Test
  void handsOverMetadataAndPeer() throws IOException {
    CompletableFuture<Map<String, List<String>>> metadata = new CompletableFuture<>();
    CompletableFuture<String> peer = new CompletableFuture<>();
    handler.answer =
        call -> {
          metadata.complete(call.metadata());
          peer.complete(call.peer());
          call.succeed();
        };
    call(bytes(1), false);

    assertThat(metadata.join()).containsEntry("x-tenant", List.of("a"));
    assertThat(peer.join()).startsWith("127.0.0.1:");
  }

  @Test
  void takesAnAnswerFromAnotherThreadAfterTheCallerIsGone() throws IOException {
    CompletableFuture<UnaryCall> held = new CompletableFuture<>();
    handler.answer = held::complete;
    try (GrpcClient client = client(false)) {
      FutureResponse response = new FutureResponse();
      client.call(METHOD, new byte[1], 0, 1, 100_000_000L, response);
      assertThat(response.await().code()).isEqualTo(GrpcCode.DEADLINE_EXCEEDED);
    }
    held.join().succeed();
  }

  @Test
  void finishesCallsUnderWayWhenItShutsDown() throws Exception {
    CompletableFuture<UnaryCall> held = new CompletableFuture<>();
    handler.answer = held::complete;
    try (GrpcClient client = client(false)) {
      FutureResponse response = new FutureResponse();
      client.call(METHOD, new byte[1], 0, 1, 20_000_000_000L, response);
      UnaryCall underWay = held.join();
      Thread stopping = Thread.ofVirtual().start(() -> server.shutdown(GRACE));

      await().untilAsserted(() -> assertThatThrownBy(() -> new RawHttp2(port).close()).isNotNull());
      underWay.succeed();

      assertThat(response.await().code()).isEqualTo(GrpcCode.OK);
      stopping.join();
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    GrpcServer second =
        new GrpcServer(
            GrpcServerConfig.listenOn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
            Map.of(METHOD, handler),
            budget,
            error -> {});

    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(port));
    second.shutdown(GRACE);
  }

  @Test
  void shutsDownTwiceAndUnstarted() {
    GrpcServer unstarted = server(budget, handler);
    unstarted.shutdown(GRACE);
    unstarted.shutdown(GRACE);
    server.shutdown(GRACE);
    server.shutdown(GRACE);
    assertThat(handler.messages).isEmpty();
  }

  private FutureResponse.Result call(byte[] message, boolean gzip) throws IOException {
    try (GrpcClient client = client(gzip)) {
      FutureResponse response = new FutureResponse();
      byte[] padded = new byte[message.length + 2];
      System.arraycopy(message, 0, padded, 1, message.length);
      client.call(METHOD, padded, 1, message.length, 20_000_000_000L, response);
      return response.await();
    }
  }

  private GrpcClient client(boolean gzip) throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            "127.0.0.1:" + port, gzip, Map.of("x-tenant", "a"), ClientTlsConfig.PLAINTEXT));
  }

  private static GrpcServer server(ByteBudget budget, UnaryHandler handler) {
    return new GrpcServer(
        GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        Map.of(METHOD, handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }

  private static String grpcStatus(RawHttp2 raw) throws IOException {
    return String.valueOf(raw.awaitHeaders().get("grpc-status"));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
