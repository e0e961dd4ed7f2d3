package io.millrace.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 1h15m30.918s}, {@code 200ms}, {@code -2us}, {@code 0}.
 *
 * <p>The range is Go's: nanoseconds in 64 bits, about 292 years. Immutable.
 */
public final class GoDuration {
  static final String EXPECTED = "a duration with a unit, such as 300ms, 5s or 1m30s";

  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(?:" + PART.pattern().replace("(", "(?:") + ")+");
  private static final int LENGTH_MAX = 100;

  private GoDuration() {}

  /**
   * Reads a duration; fractions of a nanosecond are cut off.
   *
   * @throws IllegalArgumentException when the text is none, or out of range
   */
  public static Duration parse(String text) {
    if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
      return Duration.ZERO;
    }
    if (text.length() > LENGTH_MAX || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("duration: " + text + " (expected: " + EXPECTED + ")");
    }
    Duration magnitude = Duration.ofNanos(sumNanos(text));
    return text.startsWith("-") ? magnitude.negated() : magnitude;
  }

  private static long sumNanos(String text) {
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      BigDecimal unitNanos = BigDecimal.valueOf(unitNanos(part.group(2)));
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unitNanos));
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("duration: " + text + " (expected: at most 292 years)");
    }
    return sum.longValue();
  }

  private static long unitNanos(String unit) {
    return switch (unit) {
      case "h" -> 3_600_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "s" -> 1_000_000_000L;
      case "ms" -> 1_000_000L;
      case "ns" -> 1L;
      default -> 1_000L; // us, with u, with U+00B5 or with U+03BC
    };
  }

  /** Writes a duration the way {@link #parse} reads it and Go prints it. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    if (duration.toSeconds() == 0) {
      return formatBelowSecond(duration.toNanos());
    }
    String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
    BigDecimal seconds =
        BigDecimal.valueOf(duration.toSecondsPart())
            .add(BigDecimal.valueOf(duration.toNanosPart(), 9));
    return hours + minutes + plain(seconds) + "s";
  }

  private static String formatBelowSecond(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000
        ? plain(BigDecimal.valueOf(nanos, 3)) + "µs"
        : plain(BigDecimal.valueOf(nanos, 6)) + "ms";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
