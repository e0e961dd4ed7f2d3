package io.millrace.pdata;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes doubles with the fewest digits that read back as the same number. Thread safe. */
public final class DoubleText {
  private static final double PLAIN_MIN = 1e-6;
  private static final double PLAIN_MAX = 1e21;

  private DoubleText() {}

  /**
   * Returns the text as JavaScript writes it: plain from 1e-6 to below 1e21, otherwise with an
   * exponent ({@code 1e-9}, {@code 1e+21}); {@code NaN}, {@code Infinity}, {@code -Infinity}.
   */
  public static String shortest(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return size == 0 || (size >= PLAIN_MIN && size < PLAIN_MAX) ? plain(value) : scientific(value);
  }

  /** Returns the text without an exponent, however long. The value must be finite. */
  public static String plain(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return decimal(value).toPlainString();
  }

  private static String scientific(double value) {
    BigDecimal decimal = decimal(value);
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    StringBuilder text = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    return text.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent)).toString();
  }

  /** Java's shortest text has two digits at least, {@code 4.9E-324}, where one may do. */
  private static BigDecimal decimal(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (digits.precision() == 2) {
      BigDecimal one = digits.round(new MathContext(1));
      return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
    }
    return digits;
  }
}
