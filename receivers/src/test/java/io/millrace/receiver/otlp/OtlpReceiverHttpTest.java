package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Signal;
import io.millrace.transport.RpcStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What senders over HTTP are answered. */
class OtlpReceiverHttpTest {
  private static final byte[] BODY = {1, 2, 3};

  private final ReceiverUnderTest receiver = ReceiverUnderTest.overHttp();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void closeAndCheckTheBudget() {
    client.close();
    receiver.close();
    assertThat(receiver.door().budget().used()).isZero();
  }

  @Test
  void everySignalHasItsPath() throws Exception {
    assertThat(post("/v1/traces").statusCode()).isEqualTo(200);
    assertThat(post("/v1/metrics").statusCode()).isEqualTo(200);
    assertThat(post("/v1/logs").statusCode()).isEqualTo(200);
    assertThat(receiver.door().requests())
        .extracting("signal")
        .containsExactly(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  }

  @Test
  void successIsAnEmptyProtobufMessage() throws Exception {
    HttpResponse<byte[]> response = post("/v1/traces");
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("content-type")).hasValue("application/x-protobuf");
    assertThat(receiver.door().requests().getFirst().bytes()).isEqualTo(BODY);
  }

  @Test
  void anotherPathIsNotFound() throws Exception {
    assertThat(post("/v1/spans").statusCode()).isEqualTo(404);
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    HttpResponse<byte[]> response =
        client.send(HttpRequest.newBuilder(uri("/v1/traces")).build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("POST");
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain");
  }

  @Test
  void anotherMediaTypeIsUnsupported() throws Exception {
    assertThat(post("/v1/traces", "application/json").statusCode()).isEqualTo(415);
    assertThat(post("/v1/traces", "text/plain").statusCode()).isEqualTo(415);
  }

  @Test
  void parametersOfTheMediaTypeAreTolerated() throws Exception {
    assertThat(post("/v1/traces", "Application/X-Protobuf; charset=utf-8").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRefusalCarriesItsHintInWholeSecondsAndAsRetryInfo() throws Exception {
    receiver.door().refuse("queue_full", TimeUnit.MILLISECONDS.toNanos(1200));
    HttpResponse<byte[]> response = post("/v1/traces");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).hasValue("2");
    RpcStatus status = RpcStatus.decode(response.body());
    assertThat(status.code()).isEqualTo(14);
    assertThat(status.message()).contains("queue_full");
    assertThat(status.retryAfterNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1200));
  }

  @Test
  void aRejectionIsABadRequestThatSaysWhy() throws Exception {
    receiver.door().reject("resource_spans[0]: byte 3");
    HttpResponse<byte[]> response = post("/v1/traces");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(RpcStatus.decode(response.body()).message()).contains("resource_spans[0]: byte 3");
  }

  @Test
  void whatCanNeverFitIsTooLarge() throws Exception {
    receiver.door().tooLarge("too large");
    assertThat(post("/v1/traces").statusCode()).isEqualTo(413);
  }

  private HttpResponse<byte[]> post(String path) throws Exception {
    return post(path, "application/x-protobuf");
  }

  private HttpResponse<byte[]> post(String path, String contentType) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(BODY))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + receiver.port() + path);
  }
}
