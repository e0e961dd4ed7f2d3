package io.millrace.receiver.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.InboundRequest;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.receiver.otlp.OtlpReceiverConfig.Protocols;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import io.millrace.transport.RpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP over HTTP, from the wire to the door and back. */
final class OtlpHttpHandlerTest {
  private static final byte[] BODY = {10, 0};
  private static final String PROTOBUF = "application/x-protobuf";

  private final ByteBudget budget = new ByteBudget(8 << 20);
  private final RecordingDoor door = new RecordingDoor(budget, EnumSet.allOf(Signal.class));
  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = start(door, true);
  }

  @AfterEach
  void holdsNothingAtTheEnd() {
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
    client.close();
    receiver.shutdown();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/traces, TRACES",
    "/v1/metrics, METRICS",
    "/v1/logs, LOGS",
    "/v1development/profiles, PROFILES",
  })
  void bringsEverySignalToTheDoor(String path, Signal signal) throws Exception {
    HttpResponse<byte[]> response = post(path, PROTOBUF, BODY);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains(PROTOBUF);
    assertThat(response.body()).isEmpty();
    InboundRequest request = door.requests().getFirst();
    assertThat(request.signal()).isEqualTo(signal);
    assertThat(request.bytes()).isEqualTo(BODY);
    assertThat(request.reservedBytes()).isEqualTo(BODY.length);
    assertThat(request.transport()).isEqualTo("http");
  }

  @Test
  void keepsMetadataAndPeerWhenAsked() throws Exception {
    post("/v1/logs", PROTOBUF, BODY);

    RequestContext context = door.requests().getFirst().context();
    assertThat(context.metadata()).containsEntry("content-type", List.of(PROTOBUF));
    assertThat(context.metadata()).containsKey("host");
    assertThat(context.clientAddress()).startsWith("127.0.0.1:");
  }

  @Test
  void keepsNeitherUnlessAsked() throws Exception {
    receiver.shutdown();
    receiver = start(door, false);
    post("/v1/logs", PROTOBUF, BODY);

    assertThat(door.requests().getFirst().context()).isSameAs(RequestContext.EMPTY);
  }

  @Test
  void inflatesGzip() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(BODY);
    }

    assertThat(post("/v1/logs", PROTOBUF, compressed.toByteArray(), "gzip").statusCode())
        .isEqualTo(200);
    assertThat(door.requests().getFirst().bytes()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1000000000, 1", "1000000001, 2", "7200000000000, 7200"})
  void answersRefusalWithWholeSecondsRoundedUp(long nanos, String seconds) throws Exception {
    door.refuse("queue_full", nanos);

    HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, BODY);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).contains(seconds);
    assertThat(response.headers().firstValue("content-type")).contains(PROTOBUF);
    assertThat(status(response)).isEqualTo(new RpcStatus(14, "queue_full", nanos));
  }

  @Test
  void answersRejectionAndOversize() throws Exception {
    door.reject("byte 0: bad");
    HttpResponse<byte[]> rejected = post("/v1/traces", PROTOBUF, BODY);
    door.tooLarge("never fits");
    HttpResponse<byte[]> tooLarge = post("/v1/traces", PROTOBUF, BODY);

    assertThat(rejected.statusCode()).isEqualTo(400);
    assertThat(status(rejected)).isEqualTo(new RpcStatus(3, "byte 0: bad", 0));
    assertThat(rejected.headers().firstValue("retry-after")).isEmpty();
    assertThat(tooLarge.statusCode()).isEqualTo(413);
    assertThat(status(tooLarge)).isEqualTo(new RpcStatus(8, "never fits", 0));
    assertThat(tooLarge.headers().firstValue("retry-after")).isEmpty();
  }

  @Test
  void letsTheDoorRefuseWhatWasNotRead() throws Exception {
    budget.charge(8 << 20);

    HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, BODY);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).isPresent();
    assertThat(door.unreadCount()).isEqualTo(1);
    budget.release(8 << 20);
  }

  @Test
  void answersABodyOverTheLimitWithAStatus() throws Exception {
    HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, new byte[101]);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(status(response).code()).isEqualTo(8);
  }

  @Test
  void answersDamagedCompressionAndUnknownEncodingsWithAStatus() throws Exception {
    HttpResponse<byte[]> damaged = post("/v1/traces", PROTOBUF, BODY, "gzip");
    HttpResponse<byte[]> unknown = post("/v1/traces", PROTOBUF, BODY, "br");

    assertThat(damaged.statusCode()).isEqualTo(400);
    assertThat(status(damaged).code()).isEqualTo(3);
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(status(unknown).message()).contains("br").contains("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
  void takesPostOnly(String method) throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            request("/v1/traces").method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("POST");
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-protobuf",
        "Application/X-Protobuf",
        "application/x-protobuf; charset=utf-8",
        "application/x-protobuf;proto=x"
      })
  void toleratesSpellingsOfTheContentType(String contentType) throws Exception {
    assertThat(post("/v1/traces", contentType, BODY).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/json", "text/plain", "application/protobuf", ""})
  void takesProtobufAndJsonOnly(String contentType) throws Exception {
    HttpResponse<byte[]> response = post("/v1/traces", contentType, BODY);

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(new String(response.body(), UTF_8)).contains(PROTOBUF);
    assertThat(door.requests()).isEmpty();
  }

  @Test
  void bringsJsonToTheDoorAsProtobuf() throws Exception {
    HttpResponse<byte[]> response =
        post("/v1/logs", "application/json; charset=utf-8", json("{\"resourceLogs\":[{}]}"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo(json("{}"));
    InboundRequest request = door.requests().getFirst();
    assertThat(request.bytes()).isEqualTo(BODY);
    assertThat(request.reservedBytes()).isEqualTo(BODY.length);
  }

  @Test
  void answersJsonWithAStatusInJson() throws Exception {
    door.refuse("queue_full", 1_500_000_000L);
    HttpResponse<byte[]> refused = post("/v1/logs", "application/json", json("{}"));
    HttpResponse<byte[]> malformed =
        post("/v1/logs", "application/json", json("{\"resourceLogs\":[{\"schemaUrl\":1}]}"));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).contains("2");
    assertThat(new String(refused.body(), UTF_8))
        .isEqualTo(
            "{\"code\":14,\"message\":\"queue_full\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1.5s\"}]}");
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.headers().firstValue("content-type")).contains("application/json");
    assertThat(new String(malformed.body(), UTF_8))
        .contains("\"code\":3", "resourceLogs[0].schemaUrl: byte 30: value_number_int");
    assertThat(door.unreadableCount()).isOne();
  }

  @Test
  void answersJsonThatGrowsOverTheLimitAsTooLarge() throws Exception {
    String bounds =
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":"
            + "{\"dataPoints\":[{\"explicitBounds\":["
            + "0,".repeat(400)
            + "0]}]}}]}]}]}";
    receiver.shutdown();
    receiver = start(door, false, 1000);

    assertThat(post("/v1/metrics", "application/json", json(bounds)).statusCode()).isEqualTo(413);
    assertThat(post("/v1/metrics", "application/json", json("{}")).statusCode()).isEqualTo(200);
  }

  @Test
  void answersAsTheCollectorDoesWhereItIsTold() throws Exception {
    receiver.shutdown();
    receiver =
        new OtlpReceiver(
            new FakeHost(Clock.SYSTEM).context("otlp"),
            Configured.http(
                "endpoint: localhost:0, max_request_body_size: 10, too_large_status: 400"),
            door);
    receiver.start();

    assertThat(post("/v1/logs", PROTOBUF, new byte[11]).statusCode()).isEqualTo(400);
  }

  @Test
  void convertsALongTextToo() throws Exception {
    receiver.shutdown();
    receiver = start(door, false, 10_000_000);
    String text = "{\"resourceLogs\":[" + "{},".repeat(200_000) + "{}]}";

    assertThat(post("/v1/logs", "application/json", json(text)).statusCode()).isEqualTo(200);
    assertThat(door.requests().getFirst().length()).isEqualTo(2 * 200_001);
    assertThat(post("/v1/logs", "application/json", json(text + "x")).statusCode()).isEqualTo(400);
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1/traces/", "/v2/traces", "/v1/TRACES"})
  void knowsNoOtherPath(String path) throws Exception {
    assertThat(post(path, PROTOBUF, BODY).statusCode()).isEqualTo(404);
  }

  @Test
  void hasNoPathForASignalNobodyTakes() throws Exception {
    receiver.shutdown();
    receiver = start(new RecordingDoor(budget, EnumSet.of(Signal.LOGS)), false);

    assertThat(post("/v1/traces", PROTOBUF, BODY).statusCode()).isEqualTo(404);
    assertThat(post("/v1/logs", PROTOBUF, BODY).statusCode()).isEqualTo(200);
  }

  private static OtlpReceiver start(RecordingDoor door, boolean includeMetadata)
      throws IOException {
    return start(door, includeMetadata, 100);
  }

  private static OtlpReceiver start(RecordingDoor door, boolean includeMetadata, int bodyBytesMax)
      throws IOException {
    Protocols config =
        Configured.http(
            "endpoint: localhost:0, max_request_body_size: %d, include_metadata: %s"
                .formatted(bodyBytesMax, includeMetadata));
    OtlpReceiver receiver =
        new OtlpReceiver(new FakeHost(Clock.SYSTEM).context("otlp"), config, door);
    receiver.start();
    return receiver;
  }

  private HttpResponse<byte[]> post(String path, String contentType, byte[] body) throws Exception {
    return client.send(
        request(path)
            .header("content-type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String path, String contentType, byte[] body, String encoding)
      throws Exception {
    return client.send(
        request(path)
            .header("content-type", contentType)
            .header("content-encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    int port = receiver.httpPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static RpcStatus status(HttpResponse<byte[]> response) {
    return RpcStatus.decode(response.body());
  }
}
