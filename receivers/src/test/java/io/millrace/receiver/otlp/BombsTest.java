package io.millrace.receiver.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small requests that mean to be large ones, through the whole receiver. */
final class BombsTest {
  private static final int MIB = 1024 * 1024;
  private static final int LIMIT_BYTES = 20 * MIB;
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RecordingDoor door =
      new RecordingDoor(new ByteBudget(3 * LIMIT_BYTES), EnumSet.of(Signal.TRACES));
  private final OtlpReceiver receiver =
      new OtlpReceiver(
          new FakeHost(Clock.SYSTEM).context("otlp"),
          Configured.http("endpoint: localhost:0"),
          door);

  @BeforeEach
  void listen() throws IOException {
    receiver.start();
  }

  @AfterEach
  void takesTheNextGoodRequestAndHoldsNothing() throws Exception {
    assertThat(post(PROTOBUF, "identity", new byte[] {0x0a, 0})).isEqualTo(200);
    await().untilAsserted(() -> assertThat(door.budget().used()).isZero());
    client.shutdownNow();
    receiver.shutdown();
  }

  @Test
  void aBombInsideTwoGzipsIsAnsweredForItsInnerOne() throws Exception {
    byte[] inner = gzipOfZeros(64);

    assertThat(post(PROTOBUF, "gzip", gzip(inner))).isEqualTo(200); // the door's to judge
    assertThat(door.requests().getFirst().length()).isEqualTo(inner.length);
    assertThat(post(PROTOBUF, "gzip, gzip", gzip(inner))).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"{", "[", "'{\"resourceSpans\":['", "'{\"a\":'"})
  void twentyMebibytesOfBracesAreRefusedAtTheirDepth(String brace) throws Exception {
    byte[] braces = brace.repeat((LIMIT_BYTES - 16) / brace.length()).getBytes(US_ASCII);
    long before = ALLOCATIONS.getTotalThreadAllocatedBytes();

    assertThat(post(JSON, "gzip", gzip(braces))).isEqualTo(400);

    assertThat(ALLOCATIONS.getTotalThreadAllocatedBytes() - before).isLessThan(5L * LIMIT_BYTES);
    assertThat(door.requests()).isEmpty();
  }

  @Test
  void fiftyAtOnceStayWithinTheBudget() throws Exception {
    byte[] bomb = gzipOfZeros(64);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          client
              .sendAsync(request(PROTOBUF, "gzip", bomb), BodyHandlers.discarding())
              .thenApply(response -> response.statusCode()));
    }
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get()).isIn(413, 503);
    }
    assertThat(door.requests()).isEmpty();
  }

  private int post(String type, String encoding, byte[] body) throws Exception {
    return client.send(request(type, encoding, body), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest request(String type, String encoding, byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces"))
        .header("content-type", type)
        .header("content-encoding", encoding)
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static byte[] gzipOfZeros(int mebibytes) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(target)) {
      for (int i = 0; i < mebibytes; i++) {
        gzip.write(new byte[MIB]);
      }
    }
    return target.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(plain);
    }
    return target.toByteArray();
  }
}
