package io.millrace.transport.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as proto3's JSON has them: any spelling of a whole number, such as {@code 1e3}, in
 * quotes or not, and the words for what is no number. Thread safe.
 */
final class JsonNumbers {
  /** Longer ones are refused: no double needs more, and a giant costs more than it is worth. */
  static final int CHARS_MAX = 128;

  private static final int PLAIN_DIGITS_MAX = 18;
  private static final int DIGITS_MAX = 20;
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private JsonNumbers() {}

  /**
   * Returns a whole number, of an unsigned 64-bit one the bits; null when it is none, or out of
   * range for its type.
   */
  static @Nullable Long integer(FieldType type, char[] chars, int offset, int length) {
    if (length == 0 || length > CHARS_MAX || !isDecimal(chars, offset, length)) {
      return null;
    }
    BigInteger value = whole(chars, offset, length);
    return value == null || !isInRange(type, value) ? null : value.longValue();
  }

  /** Returns a double, or null when the text is none. */
  static @Nullable Double decimal(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static @Nullable Double finite(String text) {
    char[] chars = text.toCharArray();
    if (chars.length > CHARS_MAX || !isDecimal(chars, 0, chars.length)) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? null : value;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable BigInteger whole(char[] chars, int offset, int length) {
    if (isPlain(chars, offset, length)) {
      return BigInteger.valueOf(plain(chars, offset, length));
    }
    try {
      BigDecimal value = new BigDecimal(chars, offset, length);
      long digits = (long) value.precision() - value.scale();
      if (value.signum() == 0) {
        return BigInteger.ZERO;
      }
      return digits < 1 || digits > DIGITS_MAX ? null : value.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException _) { // a fraction, or no number
      return null;
    }
  }

  private static boolean isInRange(FieldType type, BigInteger value) {
    return switch (type) {
      case INT64, SFIXED64 -> value.bitLength() < Long.SIZE;
      case UINT64, FIXED64 -> value.signum() >= 0 && value.compareTo(UINT64_MAX) <= 0;
      case UINT32, FIXED32 -> value.signum() >= 0 && value.bitLength() <= Integer.SIZE;
      default -> value.bitLength() < Integer.SIZE;
    };
  }

  private static boolean isPlain(char[] chars, int offset, int length) {
    if (length > PLAIN_DIGITS_MAX) {
      return false;
    }
    for (int at = offset; at < offset + length; at++) {
      if (chars[at] < '0' || chars[at] > '9') {
        return false;
      }
    }
    return true;
  }

  private static long plain(char[] chars, int offset, int length) {
    long value = 0;
    for (int at = offset; at < offset + length; at++) {
      value = value * 10 + (chars[at] - '0');
    }
    return value;
  }

  /** Keeps out what Java's parsers take beside: other scripts' digits, spaces, {@code 1d}. */
  private static boolean isDecimal(char[] chars, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      if ((chars[at] < '0' || chars[at] > '9') && "+-.eE".indexOf(chars[at]) < 0) {
        return false;
      }
    }
    return length > 0;
  }
}
