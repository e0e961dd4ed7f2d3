package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTypeTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP 503: busy: very, 503",
    "HTTP 400:, 400",
    "DEADLINE_EXCEEDED: late, DeadlineExceeded",
    "UNAVAILABLE, Unavailable",
    "CANCELLED: gone, Canceled",
    "HTTP none: x, _OTHER",
    "unavailable: x, _OTHER",
    "java.net.ConnectException: refused, _OTHER",
    "'', _OTHER",
  })
  void isTheStatusThatTheReasonBeginsWith(String reason, String type) {
    assertThat(ErrorType.of(reason)).isEqualTo(type);
  }
}
