package io.millrace.exporter.sending;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Reads the header {@code Retry-After}. Source: RFC 9110, 10.2.3. Thread safe. */
public final class RetryAfter {
  private static final int DIGITS_MAX = 9;

  private RetryAfter() {}

  /**
   * Returns how long to wait, 0 for a value that is absent, damaged or in the past.
   *
   * @param unixNanos the time when the header arrived
   */
  public static long nanos(String value, long unixNanos) {
    String text = value.strip();
    if (text.isEmpty()) {
      return 0;
    }
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > DIGITS_MAX ? Long.MAX_VALUE : SECONDS.toNanos(Long.parseLong(text));
    }
    try {
      Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      long seconds = date.getEpochSecond() - NANOSECONDS.toSeconds(unixNanos);
      return Math.max(0, SECONDS.toNanos(seconds));
    } catch (DateTimeException e) { // a server that cannot spell its hint gave none
      return 0;
    }
  }
}
