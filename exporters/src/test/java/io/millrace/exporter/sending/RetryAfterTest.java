package io.millrace.exporter.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

  private static Duration parse(String value) {
    return Duration.ofNanos(
        RetryAfter.nanos(value, Duration.ofSeconds(NOW.getEpochSecond()).toNanos()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "120 | PT2M",
        "' 7 ' | PT7S",
        "Fri, 06 Nov 2026 08:50:07 GMT | PT30S",
        "Fri, 06 Nov 2026 08:49:07 GMT | PT0S"
      })
  void readsSecondsAndDates(String value, Duration expected) {
    assertThat(parse(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "Fri, 99 Nov 2026 08:49:37 GMT", "12s"})
  void takesDamagedValuesAsNoHint(String value) {
    assertThat(parse(value)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void takesAbsurdValuesAsTheLongest(String value) {
    assertThat(parse(value)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }
}
