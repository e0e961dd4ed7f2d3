package io.millrace.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.RawHttp1;
import io.millrace.transport.RawHttp1.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 from a raw socket. */
final class HttpServerTest {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  private final HttpServer server = server(HttpServerConfig.listenOn(loopback(0)));
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
  @ValueSource(ints = {0, 1, 64 * KIB, 317 * KIB, 20 * MIB})
  void handsOverADeclaredBodyAsItWasSent(int length) throws IOException {
    byte[] sent = bytes(length);

    assertThat(post(sent).status()).isEqualTo(200);
    assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64 * KIB, 317 * KIB})
  void handsOverAChunkedBodyAsItWasSent(int length) throws IOException {
    byte[] sent = bytes(length);
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Transfer-Encoding: chunked", "");
      raw.chunk(Arrays.copyOf(sent, 1));
      if (length > 1) {
        raw.chunk(Arrays.copyOfRange(sent, 1, length));
      }
      raw.chunk(new byte[0]);

      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 317 * KIB})
  void inflatesGzip(int length) throws IOException {
    byte[] sent = bytes(length);

    assertThat(post(gzip(sent), "Content-Encoding: gzip").status()).isEqualTo(200);
    assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
  }

  @Test
  void inflatesGzipInChunks() throws IOException {
    byte[] sent = bytes(200 * KIB);
    byte[] compressed = gzip(sent);
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
      raw.lines("Content-Encoding: gzip", "");
      raw.chunk(compressed);
      raw.chunk(new byte[0]);

      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
    }
  }

  /** Guarantees: nothing of a body is in memory before it is known that somebody wants it. */
  @Test
  void readsABodyOnlyWhenItIsWanted() throws Exception {
    handler.isSlow = true;
    byte[] sent = bytes(5 * MIB);
    try (RawHttp1 raw = new RawHttp1(port)) {
      Thread sender = Thread.startVirtualThread(() -> postWithoutEnd(raw, sent));
      Consumer<@Nullable HttpAnswer> then = handler.awaitUndecided();
      assertThat(budget.used()).isZero();
      then.accept(null);

      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
      sender.join();
    }
  }

  private static void postWithoutEnd(RawHttp1 raw, byte[] body) {
    try {
      raw.post("/v1/x", body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnAfterABodyThatNobodyWanted() throws Exception {
    handler.isSlow = true;
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(100 * KIB));
      raw.post("/v1/x", bytes(10));
      handler.awaitUndecided().accept(HttpAnswer.text(401, "who are you"));
      assertThat(raw.response().status()).isEqualTo(401);
      handler.awaitUndecided().accept(null);

      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(bytes(10));
    }
  }

  @Test
  void forgetsAClientThatLeavesBeforeItsBodyIsWanted() throws Exception {
    handler.isSlow = true;
    Consumer<@Nullable HttpAnswer> then;
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(10));
      then = handler.awaitUndecided();
    }
    then.accept(null);
    handler.isSlow = false;

    assertThat(post(bytes(1)).status()).isEqualTo(200);
  }

  @Test
  void keepsTheConnectionAndAnswersInOrder() throws IOException {
    BlockingQueue<HttpExchange> held = new LinkedBlockingQueue<>();
    handler.script = held::add;
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(100), "X-Number: 0");
      raw.post("/v1/x", bytes(70 * KIB), "X-Number: 1");
      raw.post("/v1/x", bytes(0), "X-Number: 2");
      raw.post("/nowhere", bytes(100));
      for (int i = 0; i < 3; i++) {
        HttpExchange exchange = take(held);
        assertThat(exchange.header("x-number")).isEqualTo(String.valueOf(i));
        assertThat(held).isEmpty();
        exchange.answer(new HttpAnswer(200 + i, "text/plain", bytes(i)));
        assertThat(raw.response().status()).isEqualTo(200 + i);
      }
      assertThat(raw.response().status()).isEqualTo(404);
      assertThat(handler.bodies).hasSize(3);
    }
  }

  @Test
  void answersManyRequestsSentAtOnce() throws IOException {
    int requests = 200;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < requests; i++) {
      all.writeBytes(
          "POST /v1/x HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nab".getBytes(US_ASCII));
    }
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.send(all.toByteArray());
      for (int i = 0; i < requests; i++) {
        assertThat(raw.response().status()).isEqualTo(200);
      }
    }
    assertThat(handler.bodies).hasSize(requests);
  }

  @Test
  void answersUnknownPath404AndGoesOn() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/y", bytes(100 * KIB));
      assertThat(raw.response().status()).isEqualTo(404);
      raw.post("/v1/x?query=1", bytes(10));
      assertThat(raw.response().status()).isEqualTo(200);
    }
  }

  @Test
  void letsTheHandlerRefuseByTheHead() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("GET /v1/x HTTP/1.1", "Host: test", "");
      assertThat(raw.response().status()).isEqualTo(405);
      raw.lines("PUT /v1/x HTTP/1.1", "Host: test", "Content-Length: 0", "");
      assertThat(raw.response().status()).isEqualTo(405);
    }
    assertThat(handler.bodies).isEmpty();
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("HEAD /v1/x HTTP/1.1", "Host: test", "Connection: close", "");
      Response head = raw.response(); // reads to the end of the stream for the length it was told

      assertThat(head.status()).isEqualTo(405);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void refusesDeclaredBodyOverTheLimitUnread() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Content-Length: " + (20 * MIB + 1), "");
      Response response = raw.response();

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(raw.isEnded()).isTrue();
      assertThat(budget.used()).isZero();
    }
  }

  @Test
  void stopsAChunkedBodyAtTheLimit() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Transfer-Encoding: chunked", "");
      byte[] chunk = bytes(MIB);
      for (int i = 0; i < 21; i++) {
        raw.chunk(chunk);
      }
      assertThat(raw.response().status()).isEqualTo(413);
    }
    assertThat(handler.faults).containsExactly(BodyFault.TOO_LARGE);
  }

  @Test
  void stopsAGzipBombAtTheLimit() throws IOException {
    byte[] bomb = gzip(new byte[100 * MIB]);

    assertThat(post(bomb, "Content-Encoding: gzip").status()).isEqualTo(413);
    assertThat(handler.bodies).isEmpty();
    assertThat(budget.used()).isZero();
  }

  @Test
  void refusesAGzipBombThatOutgrowsTheBudget() throws IOException {
    long taken = 63 * MIB;
    budget.charge(taken);

    assertThat(post(gzip(new byte[8 * MIB]), "Content-Encoding: gzip").status()).isEqualTo(503);
    assertThat(budget.used()).isEqualTo(taken);
    budget.release(taken);
  }

  @Test
  void refusesBeforeReadingWhenTheBudgetHasNoRoom() throws IOException {
    long taken = 64 * MIB - 99;
    budget.charge(taken);
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Content-Length: 100", "");
      assertThat(raw.response().status()).isEqualTo(503);

      budget.release(taken);
      raw.send(bytes(100));
      raw.post("/v1/x", bytes(100));
      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1);
    }
  }

  @Test
  void givesTheReservationBackWhenTheClientLeavesMidBody() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Content-Length: 100000", "");
      raw.send(bytes(10));
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(64 * KIB));
    }
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    assertThat(handler.bodies).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "x"})
  void refusesUnknownEncodings(String encoding) throws IOException {
    assertThat(post(bytes(10), "Content-Encoding: " + encoding).status()).isEqualTo(400);
    assertThat(handler.faults).containsExactly(BodyFault.UNSUPPORTED_ENCODING);
  }

  @Test
  void refusesDamagedAndTruncatedGzip() throws IOException {
    byte[] whole = gzip(bytes(1000));

    assertThat(post(bytes(100), "Content-Encoding: gzip").status()).isEqualTo(400);
    assertThat(post(Arrays.copyOf(whole, 500), "Content-Encoding: gzip").status()).isEqualTo(400);
    assertThat(post(new byte[0], "Content-Encoding: gzip").status()).isEqualTo(400);
    assertThat(handler.bodies).isEmpty();
  }

  @Test
  void asksForABodyThatWaitsToBeAsked() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines(
          "POST /v1/x HTTP/1.1", "Host: test", "Content-Length: 3", "Expect: 100-continue", "");
      assertThat(raw.response().status()).isEqualTo(100);
      raw.send(bytes(3));
      assertThat(raw.response().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotAskForABodyItRefuses() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines(
          "POST /v1/y HTTP/1.1", "Host: test", "Content-Length: 3", "Expect: 100-continue", "");
      Response response = raw.response();

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.headers()).containsEntry("connection", "close");
    }
  }

  @Test
  void closesWhenAsked() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(3), "Connection: close");
      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(raw.isEnded()).isTrue();
    }
  }

  @Test
  void servesHttp10() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.0", "Content-Length: 1", "", "a");
      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(raw.isEnded()).isTrue();
    }
  }

  @Test
  void ignoresAnOfferToUpgrade() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post(
          "/v1/x",
          bytes(3),
          "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c",
          "HTTP2-Settings: AAMAAABkAAQAAP__");
      assertThat(raw.response().status()).isEqualTo(200);
      raw.post("/v1/x", bytes(3));
      assertThat(raw.response().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: -1",
        "Content-Length: 3x",
        "Transfer-Encoding: chunked, identity",
        "Bad Name: x",
      })
  void closesOnAmbiguousFraming(String fields) throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", fields, "", "0", "", "");
      raw.post("/v1/x", bytes(3));
      Response response = raw.response();

      assertThat(response.status()).isEqualTo(400);
      assertThat(raw.isEnded()).isTrue();
      assertThat(handler.bodies).isEmpty();
    }
  }

  @Test
  void closesOnABadChunk() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Transfer-Encoding: chunked", "", "zz", "");
      assertThat(raw.response().status()).isEqualTo(400);
      assertThat(raw.isEnded()).isTrue();
    }
    assertThat(handler.faults).containsExactly(BodyFault.MALFORMED);
  }

  @Test
  void refusesOverlongHeads() throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /" + "x".repeat(5000) + " HTTP/1.1", "");
      assertThat(raw.response().status()).isEqualTo(414);
    }
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "X: " + "x".repeat(17 * KIB), "");
      assertThat(raw.response().status()).isEqualTo(431);
    }
  }

  @Test
  void closesASlowHeadASlowBodyAndAnIdleConnection() throws IOException {
    HttpServerConfig hasty =
        new HttpServerConfig(
            loopback(0), BodyLimits.DEFAULT, 10, HttpTimeouts.of(Duration.ofMillis(300)));
    HttpServer impatient = server(hasty);
    int at = impatient.start().getPort();
    try (RawHttp1 silent = new RawHttp1(at);
        RawHttp1 head = new RawHttp1(at);
        RawHttp1 body = new RawHttp1(at);
        RawHttp1 idle = new RawHttp1(at)) {
      head.lines("POST /v1/x HTTP/1.1");
      body.lines("POST /v1/x HTTP/1.1", "Content-Length: 10", "", "");
      idle.post("/v1/x", bytes(1));
      assertThat(idle.response().status()).isEqualTo(200);

      assertThat(silent.isEnded()).isTrue();
      assertThat(head.isEnded()).isTrue();
      assertThat(body.isEnded()).isTrue();
      assertThat(idle.isEnded()).isTrue();
    }
    impatient.shutdown(GRACE);
  }

  @Test
  void isPatientWithItsOwnHandler() throws IOException {
    HttpServer impatient =
        server(
            new HttpServerConfig(
                loopback(0), BodyLimits.DEFAULT, 10, HttpTimeouts.of(Duration.ofMillis(50))));
    int at = impatient.start().getPort();
    CompletableFuture<HttpExchange> held = new CompletableFuture<>();
    handler.script = held::complete;
    try (RawHttp1 raw = new RawHttp1(at);
        RawHttp1 silent = new RawHttp1(at)) {
      raw.post("/v1/x", bytes(1));
      HttpExchange exchange = held.join();
      assertThat(silent.isEnded()).isTrue();
      exchange.answer(FakeHandler.OK);
      assertThat(raw.response().status()).isEqualTo(200);
    }
    impatient.shutdown(GRACE);
  }

  @Test
  void closesAClientThatDoesNotTakeItsAnswersAndReadsNoFurther() throws IOException {
    HttpServer impatient =
        server(
            new HttpServerConfig(
                loopback(0), BodyLimits.DEFAULT, 10, HttpTimeouts.of(Duration.ofMillis(500))));
    int at = impatient.start().getPort();
    handler.script = exchange -> exchange.answer(new HttpAnswer(200, "text/plain", bytes(MIB)));
    try (RawHttp1 greedy = new RawHttp1(at)) {
      for (int i = 0; i < 100; i++) {
        greedy.post("/v1/x", new byte[0]);
      }
      await().until(() -> isClosedFor(greedy));
    }
    assertThat(handler.bodies).hasSizeLessThan(50);
    impatient.shutdown(GRACE);
  }

  /** Learns it by sending, since a read would take an answer. */
  private static boolean isClosedFor(RawHttp1 client) {
    try {
      client.send(new byte[] {'\r', '\n'});
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void servesOneRequestPerConnectionWhereItIsTold() throws IOException {
    HttpServer single =
        server(
            new HttpServerConfig(
                loopback(0),
                BodyLimits.DEFAULT,
                10,
                HttpTimeouts.DEFAULT,
                false,
                Map.of(),
                CorsConfig.DEFAULT,
                null));
    int at = single.start().getPort();
    try (RawHttp1 raw = new RawHttp1(at)) {
      raw.post("/v1/x", bytes(1));
      assertThat(raw.response().headers()).containsEntry("connection", "close");
      assertThat(raw.isEnded()).isTrue();
    }
    single.shutdown(GRACE);
  }

  @Test
  void reservesWhatHasComeAndNotWhatIsPromised() throws IOException {
    byte[] sent = bytes(3 * MIB);
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.lines("POST /v1/x HTTP/1.1", "Host: test", "Content-Length: " + sent.length, "");
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(64 * KIB));
      raw.send(Arrays.copyOf(sent, 65 * KIB));
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(512 * KIB));
      raw.send(Arrays.copyOfRange(sent, 65 * KIB, sent.length));
      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
    }
  }

  @Test
  void closesConnectionsOverItsLimit() throws IOException {
    HttpServer small =
        server(new HttpServerConfig(loopback(0), BodyLimits.DEFAULT, 1, HttpTimeouts.DEFAULT));
    int at = small.start().getPort();
    try (RawHttp1 first = new RawHttp1(at)) {
      first.post("/v1/x", bytes(1));
      assertThat(first.response().status()).isEqualTo(200);
      try (RawHttp1 second = new RawHttp1(at)) {
        assertThat(second.isEnded()).isTrue();
      }
    }
    small.shutdown(GRACE);
  }

  @Test
  void finishesRequestsUnderWayWhenItShutsDown() throws Exception {
    CompletableFuture<HttpExchange> held = new CompletableFuture<>();
    handler.script = held::complete;
    try (RawHttp1 raw = new RawHttp1(port);
        RawHttp1 idle = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(1));
      HttpExchange underWay = held.join();
      Thread stopping = Thread.ofVirtual().start(() -> server.shutdown(GRACE));
      assertThat(idle.isEnded()).isTrue();
      assertThatThrownBy(() -> new RawHttp1(port)).isInstanceOf(IOException.class);
      underWay.answer(FakeHandler.OK);

      Response response = raw.response();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(raw.isEnded()).isTrue();
      stopping.join();
    }
  }

  @Test
  void cutsRequestsThatOutstayTheGrace() throws Exception {
    CompletableFuture<HttpExchange> held = new CompletableFuture<>();
    handler.script = held::complete;
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(1));
      HttpExchange underWay = held.join();
      server.shutdown(Duration.ofMillis(100));

      assertThat(raw.isEnded()).isTrue();
      underWay.answer(FakeHandler.OK);
    }
  }

  @Test
  void handsOverHeadersAndPeer() throws IOException {
    CompletableFuture<Map<String, List<String>>> headers = new CompletableFuture<>();
    CompletableFuture<String> peer = new CompletableFuture<>();
    handler.script =
        exchange -> {
          headers.complete(exchange.headers());
          peer.complete(exchange.peer());
          exchange.answer(FakeHandler.OK);
        };
    post(bytes(1), "X-Tenant: a", "x-tenant: b");

    assertThat(headers.join())
        .containsEntry("x-tenant", List.of("a", "b"))
        .containsEntry("host", List.of("test"));
    assertThat(peer.join()).startsWith("127.0.0.1:");
  }

  @Test
  void ignoresASecondAnswer() throws IOException {
    handler.script =
        exchange -> {
          exchange.answer(FakeHandler.OK);
          exchange.answer(HttpAnswer.text(500, "no"));
        };
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", bytes(1));
      raw.post("/v1/x", bytes(1));
      assertThat(raw.response().status()).isEqualTo(200);
      assertThat(raw.response().status()).isEqualTo(200);
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    HttpServer second = server(HttpServerConfig.listenOn(loopback(port)));

    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(port));
    second.shutdown(GRACE);
    second.shutdown(GRACE);
  }

  private Response post(byte[] body, String... fields) throws IOException {
    try (RawHttp1 raw = new RawHttp1(port)) {
      raw.post("/v1/x", body, fields);
      return raw.response();
    }
  }

  private HttpServer server(HttpServerConfig config) {
    return new HttpServer(
        config,
        Map.of("/v1/x", handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static HttpExchange take(BlockingQueue<HttpExchange> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
