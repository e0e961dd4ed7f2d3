package io.millrace.exporter.promtranslation;

import io.millrace.pdata.DoubleText;
import java.math.BigDecimal;

/** The ways in which Prometheus writes bounds and quantiles. Thread safe. */
public final class BoundText {
  private static final int PLAIN_EXPONENT_MIN = -4;
  private static final int PLAIN_EXPONENT_MAX = 5;

  private BoundText() {}

  /** Returns a number without exponent, as translated OTLP has it: {@code 1}, {@code 1000000}. */
  static String plain(double number) {
    return isOrdinary(number) ? DoubleText.plain(number) : special(number);
  }

  /**
   * Returns a number as Go writes it, which is the classic text format: {@code 1}, {@code 1e+06}.
   */
  public static String classic(double number) {
    if (!isOrdinary(number) || number == 0) {
      return plain(number);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= PLAIN_EXPONENT_MIN && exponent <= PLAIN_EXPONENT_MAX) {
      return decimal.toPlainString();
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            number < 0 ? "-" : "",
            digits.charAt(0),
            fraction,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  /** Returns the same for OpenMetrics, where a number is no integer: {@code 1.0}. */
  public static String openMetrics(double number) {
    String text = classic(number);
    boolean isInteger = isOrdinary(number) && text.indexOf('.') < 0 && text.indexOf('e') < 0;
    return isInteger ? text + ".0" : text;
  }

  private static boolean isOrdinary(double number) {
    return !Double.isNaN(number) && !Double.isInfinite(number);
  }

  private static String special(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return number > 0 ? "+Inf" : "-Inf";
  }
}
