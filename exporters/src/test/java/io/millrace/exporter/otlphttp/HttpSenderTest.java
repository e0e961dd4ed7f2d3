package io.millrace.exporter.otlphttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.sending.SendResult;
import io.millrace.transport.RpcStatus;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry table of OTLP/HTTP. */
class HttpSenderTest {
  private static SendResult classify(int status, String contentType, byte[] body) {
    Encoding encoding = contentType.startsWith("application/json") ? Encoding.JSON : Encoding.PROTO;
    return HttpSender.classify(encoding, status, contentType, "3", body, 0);
  }

  private static SendResult classify(int status) {
    return classify(status, "text/plain", "why".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retriesOverloadAfterTheHint(int status) {
    assertThat(classify(status))
        .isEqualTo(new SendResult.Retryable("HTTP " + status + ": why", 3_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void retriesWhatAGatewayCouldNotReachWithoutHint(int status) {
    assertThat(classify(status)).isEqualTo(new SendResult.Retryable("HTTP " + status + ": why", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 422, 500, 501, 505})
  void neverRetriesTheRest(int status) {
    assertThat(classify(status)).isEqualTo(new SendResult.Permanent("HTTP " + status + ": why"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 404, 405, 415})
  void aWrongAddressHolds(int status) {
    assertThat(classify(status)).isEqualTo(new SendResult.Unserved("HTTP " + status + ": why"));
  }

  @Test
  void knowsARequestThatIsTooLarge() {
    assertThat(classify(413)).isEqualTo(new SendResult.TooLarge("HTTP 413: why"));
  }

  @Test
  void tellsWhatTheStatusInTheBodySays() {
    byte[] body = new RpcStatus(3, "no id", 0).encode();

    assertThat(classify(400, "application/x-protobuf", body))
        .isEqualTo(new SendResult.Permanent("HTTP 400: no id"));
  }

  @Test
  void survivesABodyThatIsNoStatus() {
    assertThat(classify(400, "application/x-protobuf", new byte[] {0x12, 0x7f}))
        .isInstanceOfSatisfying(
            SendResult.Permanent.class,
            result -> assertThat(result.reason()).startsWith("HTTP 400: status does not decode"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void takesEveryTwoHundredForSuccess(int status) {
    assertThat(classify(status)).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void readsAPartialSuccess() {
    byte[] body =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder().setRejectedSpans(2).setErrorMessage("old"))
            .build()
            .toByteArray();

    assertThat(classify(200, "application/x-protobuf; charset=utf-8", body))
        .isEqualTo(new SendResult.PartialSuccess(2, "old"));
  }

  @Test
  void anUnreadableSuccessIsNotSentAgain() {
    assertThat(classify(200, "application/x-protobuf", "OK".getBytes(UTF_8)))
        .isInstanceOf(SendResult.PartialSuccess.class);
  }

  @Test
  void readsAnswersInJson() {
    for (String field :
        List.of("rejectedSpans", "rejectedDataPoints", "rejectedLogRecords", "rejectedProfiles")) {
      String partial = "{\"partialSuccess\":{\"" + field + "\":\"2\",\"errorMessage\":\"old\"}}";
      assertThat(classify(200, "application/json", partial.getBytes(UTF_8)))
          .isEqualTo(new SendResult.PartialSuccess(2, "old"));
    }
    for (String full : List.of("", "{}", "{\"partialSuccess\":{}}", "{\"partialSuccess\":null}")) {
      assertThat(classify(200, "application/json", full.getBytes(UTF_8)))
          .isEqualTo(SendResult.DELIVERED);
    }
    assertThat(classify(200, "application/json", "taken".getBytes(UTF_8)))
        .isInstanceOf(SendResult.PartialSuccess.class);
    assertThat(
            classify(
                400,
                "application/json; charset=utf-8",
                "{\"code\":3,\"message\":\"no id\",\"details\":[{\"@type\":\"x\"}]}"
                    .getBytes(UTF_8)))
        .isEqualTo(new SendResult.Permanent("HTTP 400: no id"));
  }

  @Test
  void wrongCredentialsAreNotTheBatchsFault() {
    assertThat(classify(401)).isEqualTo(new SendResult.Held("HTTP 401: why"));
    assertThat(classify(403)).isEqualTo(new SendResult.Held("HTTP 403: why"));
  }
}
