package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushAnswerTest {
  private static SendResult of(int status, String retryAfter) {
    return PushAnswer.of(status, "text\n", retryAfter, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void everySuccessIsDelivery(int status) {
    assertThat(of(status, "")).isEqualTo(SendResult.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 415, 422})
  void refusalsOfTheDataAreFinal(int status) {
    assertThat(of(status, "")).isEqualTo(new SendResult.Permanent("HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void whatIsNotTheDatasFaultIsTriedAgain(int status) {
    assertThat(of(status, "")).isEqualTo(new SendResult.Retryable("HTTP " + status + ": text", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void wrongCredentialsHold(int status) {
    assertThat(of(status, "")).isEqualTo(new SendResult.Held("HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 404, 405})
  void aWrongAddressHolds(int status) {
    assertThat(of(status, "")).isEqualTo(new SendResult.Unserved("HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @CsvSource({"429, 3", "503, 3", "500, 3"})
  void notBeforeTheBackendSays(int status, String retryAfter) {
    assertThat(of(status, retryAfter))
        .isEqualTo(new SendResult.Retryable("HTTP " + status + ": text", 3_000_000_000L));
  }

  @Test
  void whatIsTooLargeIsCut() {
    assertThat(of(413, "")).isEqualTo(new SendResult.TooLarge("HTTP 413: text"));
  }
}
