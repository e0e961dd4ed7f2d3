package io.millrace.exporter.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.sending.SendResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Remote write's table of answers. */
class RemoteWriteClientTest {
  private static SendResult classify(int status, String retryAfter) {
    return RemoteWriteClient.classify(status, "text", retryAfter, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void everySuccessIsDelivery(int status) {
    assertThat(classify(status, "")).isEqualTo(SendResult.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void whatIsNotTheDatasFaultIsTriedAgain(int status) {
    assertThat(classify(status, ""))
        .isEqualTo(new SendResult.Retryable("HTTP " + status + ": text", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 404, 405})
  void aWrongAddressHolds(int status) {
    assertThat(classify(status, ""))
        .isEqualTo(new SendResult.Unserved("HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @CsvSource({"429, 3", "503, 3", "500, 3"})
  void notBeforeTheBackendSays(int status, String retryAfter) {
    assertThat(classify(status, retryAfter))
        .isEqualTo(new SendResult.Retryable("HTTP " + status + ": text", 3_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 415, 422})
  void otherRefusalsAreFinal(int status) {
    assertThat(classify(status, ""))
        .isEqualTo(new SendResult.Permanent("HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out of order sample",
        "duplicate sample for timestamp",
        "user=1: err-mimir-sample-out-of-order",
        "err-mimir-sample-duplicate-timestamp"
      })
  void knowsTheWordsForRepetition(String answer) {
    assertThat(RemoteWriteClient.tellsOfRepetition(answer)).isTrue();
    assertThat(RemoteWriteClient.tellsOfRepetition("label name invalid")).isFalse();
  }
}
