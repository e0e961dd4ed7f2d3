package io.millrace.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.Compressor;
import io.millrace.transport.Http2Abuse;
import io.millrace.transport.RawHttp2;
import io.millrace.transport.RawHttp2.Frame;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    assertThat(call(sent, Compression.NONE).code()).isEqualTo(GrpcCode.OK);
    assertThat(handler.messages).hasSize(1).first().isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "SNAPPY"})
  void decompresses(Compression compression) throws IOException {
    for (int length : new int[] {1, 64 * KIB, 317 * KIB}) {
      byte[] sent = bytes(length);
      handler.messages.clear();

      assertThat(call(sent, compression).code()).isEqualTo(GrpcCode.OK);
      assertThat(handler.messages).hasSize(1).first().isEqualTo(sent);
    }
  }

  @Test
  void answersOkWithAnEmptyMessage() throws IOException {
    assertThat(call(bytes(10), Compression.NONE).bytes()).isEmpty();
  }

  @Test
  void answersErrorWithItsHint() throws IOException {
    handler.answer = call -> call.fail(GrpcCode.UNAVAILABLE, "queue_full", 250_000_000L);

    FutureResponse.Result result = call(bytes(10), Compression.NONE);

    assertThat(result.code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(result.message()).isEqualTo("queue_full");
    assertThat(result.retryAfterNanos()).isEqualTo(250_000_000L);
  }

  @Test
  void refusesBeforeReadingWhenTheBudgetHasNoRoomForAWindow() throws IOException {
    budget.charge(64 * MIB - 255 * KIB);

    FutureResponse.Result result = call(bytes(10), Compression.NONE);

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

    assertThat(call(bytes(8 * MIB), Compression.NONE).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.refused).hasSize(1);
    await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(taken));
    budget.release(taken);
  }

  @Test
  void refusesWhenTheArrayHasNoRoomBesideTheTransport() throws IOException {
    long taken = 64 * MIB - 400 * KIB;
    budget.charge(taken);

    assertThat(call(bytes(200 * KIB), Compression.NONE).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.messages).isEmpty();
    budget.release(taken);
  }

  @Test
  void answersOverlongMessageWithoutHint() throws IOException {
    FutureResponse.Result result = call(bytes(16 * MIB + 1), Compression.NONE);

    assertThat(result.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
    assertThat(result.retryAfterNanos()).isZero();
    assertThat(handler.messages).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "SNAPPY"})
  void stopsABombAtTheLimit(Compression compression) throws IOException {
    FutureResponse.Result result = call(new byte[48 * MIB], compression);

    assertThat(result.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
    assertThat(result.retryAfterNanos()).isZero();
    assertThat(handler.messages).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "SNAPPY"})
  void refusesABombThatOutgrowsTheBudget(Compression compression) throws IOException {
    long taken = 64 * MIB - MIB;
    budget.charge(taken);

    assertThat(call(new byte[8 * MIB], compression).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    budget.release(taken);
  }

  @Test
  void answersUnknownMethodUnimplemented() throws IOException {
    try (GrpcClient client = client(Compression.NONE)) {
      FutureResponse response = new FutureResponse();
      client.call("test.Echo/Other", new byte[1], 0, 1, 10_000_000_000L, response);

      assertThat(response.await().code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip, GZIP", "zstd, ZSTD", "snappy, X_SNAPPY_FRAMED"})
  void answersDamagedMessagesInvalidArgumentAndTakesTheNext(String name, Compression compression)
      throws IOException {
    byte[] whole = compressed(compression, bytes(100 * KIB));
    byte[] noise = "this is not compressed".getBytes(StandardCharsets.US_ASCII);
    try (RawHttp2 raw = new RawHttp2(port)) {
      assertThat(call(raw, 1, name, noise)).isEqualTo("3");
      assertThat(call(raw, 3, name, Arrays.copyOf(whole, whole.length / 2))).isEqualTo("3");
      assertThat(call(raw, 5, name, whole)).isEqualTo("200");
    }
    assertThat(handler.messages).hasSize(1).first().isEqualTo(bytes(100 * KIB));
  }

  @Test
  void refusesAZstdWindowOfTwoGibibytes() throws IOException {
    byte[] frame = HexFormat.of().parseHex("28b52ffd" + "00" + "a8" + "030010" + "00");
    try (RawHttp2 raw = new RawHttp2(port)) {
      assertThat(call(raw, 1, "zstd", frame)).isEqualTo("3");
    }
  }

  @Test
  void doesNotKnowOtherEncodings() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      assertThat(call(raw, 1, "lz5", new byte[10])).isEqualTo("12");
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

  /** Who the caller is may turn out when the call has been answered for another fault. */
  @Test
  void answersOnceWhoeverComesSecond() throws IOException {
    CompletableFuture<UnaryCall> asked = new CompletableFuture<>();
    handler.check = (call, read) -> asked.complete(call);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.call(1, METHOD);
      raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[0]);
      assertThat(grpcStatus(raw)).isEqualTo("3");

      assertThatCode(() -> asked.join().fail(GrpcCode.UNAUTHENTICATED, "", 0))
          .doesNotThrowAnyException();
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
    GrpcServer impatient =
        server(new BodyPaceLimits(Duration.ofMillis(200), 0), 100, GrpcKeepalive.DEFAULT);
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
    GrpcServer impatient =
        server(new BodyPaceLimits(Duration.ofMillis(100), 0), 100, GrpcKeepalive.DEFAULT);
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
    call(bytes(1), Compression.NONE);

    assertThat(metadata.join()).containsEntry("x-tenant", List.of("a"));
    assertThat(peer.join()).startsWith("127.0.0.1:");
  }

  @Test
  void takesAnAnswerFromAnotherThreadAfterTheCallerIsGone() throws IOException {
    CompletableFuture<UnaryCall> held = new CompletableFuture<>();
    handler.answer = held::complete;
    try (GrpcClient client = client(Compression.NONE)) {
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
    try (GrpcClient client = client(Compression.NONE)) {
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

  @Test
  void endsTheConnectionOfRapidResets() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      for (int stream = 1; stream < 2 * 300; stream += 2) {
        raw.call(stream, METHOD);
        raw.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
      }
      Frame end = raw.await(RawHttp2.GOAWAY);
      assertThat(ByteBuffer.wrap(end.payload(), 4, 4).getInt()).isEqualTo(11); // ENHANCE_YOUR_CALM
    }
  }

  /** Empty frames of data are the library's to bear; its call ends like any without a message. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMPTY_DATA")
  void endsAConnectionThatIsAbusedAndServesTheNext(Http2Abuse abuse) throws IOException {
    assertThat(abuse.isEnded(port, "/" + METHOD)).isTrue();
    handsOverTheMessageAsItWasSent(KIB);
  }

  @Test
  void closesConnectionsOverItsLimit() throws IOException {
    GrpcServer small = server(BodyPaceLimits.DEFAULT, 1, GrpcKeepalive.DEFAULT);
    int at = small.start().getPort();
    try (RawHttp2 first = new RawHttp2(at)) {
      first.call(1, METHOD);
      first.data(1, RawHttp2.message(false, 1, new byte[1]), true);
      assertThat(String.valueOf(first.awaitHeaders().status())).isEqualTo("200");
      assertThat(isRefused(at)).isTrue();
    }
    await().untilAsserted(() -> assertThat(isRefused(at)).isFalse());
    small.shutdown(GRACE);
  }

  private static boolean isRefused(int at) {
    try (RawHttp2 raw = new RawHttp2(at)) {
      raw.await(RawHttp2.SETTINGS);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void endsIdleConnectionsInGoodOrder() throws IOException {
    GrpcKeepalive hasty =
        new GrpcKeepalive(
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            true);
    GrpcServer impatient = server(BodyPaceLimits.DEFAULT, 10, hasty);
    try (RawHttp2 idle = new RawHttp2(impatient.start().getPort())) {
      Frame end = idle.await(RawHttp2.GOAWAY);
      assertThat(ByteBuffer.wrap(end.payload(), 4, 4).getInt()).isZero(); // NO_ERROR
    }
    impatient.shutdown(GRACE);
  }

  @Test
  void letsTheLongestSilentCallGiveWayWhenThereAreTooMany() throws IOException {
    ByteBudget large = new ByteBudget(256 * MIB);
    GrpcServer roomy = server(large, new FakeHandler(large));
    port = roomy.start().getPort();
    List<RawHttp2> silent = new ArrayList<>();
    long beganNanos = System.nanoTime();
    for (int i = 0; i * 64 < StreamCharge.STREAMS_MAX; i++) {
      RawHttp2 raw = new RawHttp2(port);
      silent.add(raw);
      for (int stream = 1; stream < 2 * 64; stream += 2) {
        raw.call(stream, METHOD);
      }
    }
    await()
        .untilAsserted(
            () -> assertThat(large.used()).isEqualTo(StreamCharge.STREAMS_MAX * 256L * KIB));
    await().until(() -> System.nanoTime() - beganNanos > 1_500_000_000L);

    assertThat(call(bytes(10), Compression.NONE).code()).isEqualTo(GrpcCode.OK);
    for (RawHttp2 raw : silent) {
      raw.close();
    }
    await().untilAsserted(() -> assertThat(large.used()).isZero());
    roomy.shutdown(GRACE);
  }

  private GrpcServer server(BodyPaceLimits pace, int connectionsMax, GrpcKeepalive keepalive) {
    return new GrpcServer(
        new GrpcServerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            MIB,
            10,
            connectionsMax,
            pace,
            keepalive,
            null),
        Map.of(METHOD, handler),
        budget,
        error -> {});
  }

  private FutureResponse.Result call(byte[] message, Compression compression) throws IOException {
    try (GrpcClient client = client(compression)) {
      FutureResponse response = new FutureResponse();
      byte[] padded = new byte[message.length + 2];
      System.arraycopy(message, 0, padded, 1, message.length);
      client.call(METHOD, padded, 1, message.length, 20_000_000_000L, response);
      return response.await();
    }
  }

  private GrpcClient client(Compression compression) throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            "127.0.0.1:" + port, compression, Map.of("x-tenant", "a"), ClientTlsConfig.PLAINTEXT));
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

  /** Returns the status of an answer that is an error, and else that of HTTP. */
  private static String call(RawHttp2 raw, int stream, String encoding, byte[] message)
      throws IOException {
    raw.call(stream, METHOD, "grpc-encoding", encoding);
    raw.data(stream, RawHttp2.message(true, message.length, message), true);
    Http2Headers headers = raw.awaitHeaders();
    CharSequence status = headers.get("grpc-status");
    return String.valueOf(status == null ? headers.status() : status);
  }

  private static byte[] compressed(Compression compression, byte[] plain) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream out = new Compressor(compression, 0).open(target)) {
      out.write(plain);
    }
    return target.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
