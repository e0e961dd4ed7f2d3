package io.millrace.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.Http2Abuse;
import io.millrace.transport.RawHttp2;
import io.millrace.transport.RawHttp2.Frame;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 with prior knowledge, on the port of HTTP/1.1, frame by frame. */
final class Http2ServerTest {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  private final HttpServer server = server(Duration.ofMinutes(1));
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
  @ValueSource(ints = {0, 1, 317 * KIB, 5 * MIB})
  void handsOverABodyAsItWasSent(int length) throws IOException {
    byte[] sent = bytes(length);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x?q=1");
      raw.data(1, sent, true);

      assertThat(status(raw)).isEqualTo("200");
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
    }
  }

  @Test
  void handsOverADeclaredBodyAndAnInflatedOne() throws IOException {
    byte[] sent = bytes(100 * KIB);
    byte[] compressed = gzip(sent);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "content-length", String.valueOf(sent.length));
      raw.data(1, sent, true);
      assertThat(status(raw)).isEqualTo("200");
      raw.post(3, 0, "/v1/x", "content-encoding", "gzip");
      raw.data(3, compressed, true);
      assertThat(status(raw)).isEqualTo("200");
    }
    assertThat(handler.bodies).hasSize(2).allSatisfy(body -> assertThat(body).isEqualTo(sent));
  }

  /** Guarantees: nothing of a body is in memory before it is known that somebody wants it. */
  @Test
  void readsABodyOnlyWhenItIsWanted() throws Exception {
    handler.isSlow = true;
    byte[] sent = bytes(2 * MIB);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x");
      raw.data(1, Arrays.copyOf(sent, 48 * KIB), false);
      Consumer<@Nullable HttpAnswer> then = handler.awaitUndecided();
      assertThat(budget.used()).isZero();
      then.accept(null);
      raw.data(1, Arrays.copyOfRange(sent, 48 * KIB, sent.length), true);

      assertThat(status(raw)).isEqualTo("200");
      assertThat(handler.bodies).hasSize(1).first().isEqualTo(sent);
    }
  }

  @Test
  void takesABodyThatWasWholeBeforeItWasWanted() throws Exception {
    handler.isSlow = true;
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x");
      raw.data(1, bytes(10), true);
      raw.post(3, RawHttp2.END_STREAM, "/v1/x");
      Consumer<@Nullable HttpAnswer> first = handler.awaitUndecided();
      handler.awaitUndecided().accept(null);
      assertThat(status(raw)).isEqualTo("200");
      first.accept(null);

      assertThat(status(raw)).isEqualTo("200");
      assertThat(handler.bodies).last().isEqualTo(bytes(10));
    }
  }

  @Test
  void goesOnAfterABodyThatNobodyWanted() throws Exception {
    handler.isSlow = true;
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x");
      raw.data(1, bytes(48 * KIB), true);
      handler.awaitUndecided().accept(HttpAnswer.text(401, "who are you"));
      assertThat(status(raw)).isEqualTo("401");
      raw.post(3, RawHttp2.END_STREAM, "/v1/x");
      handler.awaitUndecided().accept(null);

      assertThat(status(raw)).isEqualTo("200");
    }
  }

  @Test
  void answersStreamsAsTheirHandlersDo() throws Exception {
    BlockingQueue<HttpExchange> held = new LinkedBlockingQueue<>();
    handler.script = held::add;
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, RawHttp2.END_STREAM, "/v1/x");
      raw.post(3, RawHttp2.END_STREAM, "/v1/x");
      HttpExchange first = held.take();
      HttpExchange second = held.take();
      second.answer(new HttpAnswer(202, "text/plain", bytes(3), Map.of("x-a", "b")));

      Http2Headers head = raw.awaitHeaders();
      assertThat(head.status()).hasToString("202");
      assertThat(head.get("x-a")).hasToString("b");
      assertThat(head.get("content-type")).hasToString("text/plain");
      Frame data = raw.await(RawHttp2.DATA);
      assertThat(data.stream()).isEqualTo(3);
      assertThat(data.payload()).isEqualTo(bytes(3));
      first.answer(FakeHandler.OK);
      assertThat(status(raw)).isEqualTo("200");
    }
  }

  @Test
  void endsARequestAtItsTrailers() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x");
      raw.data(1, bytes(10), false);
      raw.trailers(1, "x-checksum", "1");

      assertThat(status(raw)).isEqualTo("200");
      assertThat(handler.bodies.getFirst()).isEqualTo(bytes(10));
    }
  }

  @Test
  void stopsABodyNobodyWants() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/nowhere");

      assertThat(status(raw)).isEqualTo("404");
      Frame reset = raw.await(RawHttp2.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(ByteBuffer.wrap(reset.payload()).getInt()).isZero(); // NO_ERROR
      raw.data(1, bytes(10), true);
      raw.post(3, RawHttp2.END_STREAM, "/v1/x");
      assertThat(status(raw)).isEqualTo("200");
    }
  }

  @Test
  void refusesABodyOverTheLimitDeclaredOrNot() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "content-length", String.valueOf(20 * MIB + 1));
      assertThat(status(raw)).isEqualTo("413");
      raw.post(3, 0, "/v1/x");
      raw.data(3, bytes(20 * MIB), false);
      raw.data(3, bytes(100 * KIB), false);
      assertThat(status(raw)).isEqualTo("413");
    }
    assertThat(handler.faults).containsExactly(BodyFault.TOO_LARGE, BodyFault.TOO_LARGE);
  }

  @Test
  void refusesBeforeReadingWhenTheBudgetHasNoRoom() throws IOException {
    long taken = 64 * MIB - 99;
    budget.charge(taken);
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "content-length", "100");

      assertThat(status(raw)).isEqualTo("503");
      assertThat(handler.faults).containsExactly(BodyFault.NO_ROOM);
    }
    budget.release(taken);
  }

  @Test
  void givesTheReservationBackWhenAStreamOrItsConnectionEnds() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "content-length", "1000");
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(1000));
      raw.frame(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      await().untilAsserted(() -> assertThat(budget.used()).isZero());
      raw.post(3, 0, "/v1/x", "content-length", "1000");
      await().untilAsserted(() -> assertThat(budget.used()).isEqualTo(1000));
    }
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    assertThat(handler.bodies).isEmpty();
  }

  @Test
  void resetsAStreamThatBreaksItsWord() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "content-length", "5");
      raw.data(1, bytes(10), true);

      assertThat(raw.await(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
    }
    assertThat(handler.bodies).isEmpty();
  }

  @Test
  void asksForABodyThatWaitsToBeAsked() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, 0, "/v1/x", "expect", "100-continue");
      assertThat(status(raw)).isEqualTo("100");
      raw.data(1, bytes(10), true);
      assertThat(status(raw)).isEqualTo("200");
    }
  }

  @Test
  void handsOverHeaders() throws IOException {
    CompletableFuture<Map<String, List<String>>> headers = new CompletableFuture<>();
    handler.script =
        exchange -> {
          headers.complete(exchange.headers());
          exchange.answer(FakeHandler.OK);
        };
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, RawHttp2.END_STREAM, "/v1/x", "x-tenant", "a");
      assertThat(status(raw)).isEqualTo("200");
    }
    assertThat(headers.join())
        .containsEntry("x-tenant", List.of("a"))
        .containsEntry("host", List.of("test"))
        .doesNotContainKey(":path");
  }

  @Test
  void endsTheConnectionOfRapidResets() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      for (int stream = 1; stream < 2 * 300; stream += 2) {
        raw.post(stream, 0, "/v1/x");
        raw.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
      }
      Frame end = raw.await(RawHttp2.GOAWAY);
      assertThat(ByteBuffer.wrap(end.payload(), 4, 4).getInt()).isEqualTo(11); // ENHANCE_YOUR_CALM
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAConnectionThatIsAbusedAndServesTheNext(Http2Abuse abuse) throws IOException {
    assertThat(abuse.isEnded(port, "/v1/x")).isTrue();
    handsOverABodyAsItWasSent(KIB);
  }

  /** The client acknowledges the settings only when it reads. */
  @Test
  void refusesStreamsBeyondItsLimitWhateverTheClientKnows() throws IOException {
    try (RawHttp2 raw = new RawHttp2(port)) {
      for (int stream = 1; stream < 2 * 150; stream += 2) {
        raw.post(stream, 0, "/v1/x");
      }
      Frame refused = raw.await(RawHttp2.RST_STREAM);
      assertThat(refused.stream()).isEqualTo(201);
      assertThat(ByteBuffer.wrap(refused.payload()).getInt()).isEqualTo(7); // REFUSED_STREAM
    }
  }

  @Test
  void finishesStreamsUnderWayWhenItShutsDown() throws Exception {
    CompletableFuture<HttpExchange> held = new CompletableFuture<>();
    handler.script = held::complete;
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, RawHttp2.END_STREAM, "/v1/x");
      HttpExchange underWay = held.join();
      Thread stopping = Thread.ofVirtual().start(() -> server.shutdown(GRACE));
      raw.await(RawHttp2.GOAWAY);
      underWay.answer(FakeHandler.OK);

      assertThat(status(raw)).isEqualTo("200");
      stopping.join();
    }
  }

  @Test
  void cutsStreamsThatOutstayTheGrace() throws Exception {
    CompletableFuture<HttpExchange> held = new CompletableFuture<>();
    handler.script = held::complete;
    try (RawHttp2 raw = new RawHttp2(port)) {
      raw.post(1, RawHttp2.END_STREAM, "/v1/x");
      HttpExchange underWay = held.join();
      server.shutdown(Duration.ofMillis(100));
      raw.await(RawHttp2.GOAWAY);

      assertThat(raw.isEnded()).isTrue();
      underWay.answer(FakeHandler.OK);
    }
  }

  @Test
  void resetsASlowBodyAndEndsAnIdleConnection() throws IOException {
    HttpServer impatient = server(Duration.ofMillis(300));
    try (RawHttp2 raw = new RawHttp2(impatient.start().getPort())) {
      raw.post(1, 0, "/v1/x");
      assertThat(raw.await(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
      raw.await(RawHttp2.GOAWAY);
      assertThat(raw.isEnded()).isTrue();
    }
    impatient.shutdown(GRACE);
  }

  private HttpServer server(Duration patience) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new HttpServer(
        new HttpServerConfig(loopback, BodyLimits.DEFAULT, 10, HttpTimeouts.of(patience)),
        Map.of("/v1/x", handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }

  private static String status(RawHttp2 raw) throws IOException {
    return String.valueOf(raw.awaitHeaders().status());
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
