package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.ByteRange;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Attribute values that stand for a number or a text. Stateless. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private static final int TEXT_LENGTH_MAX = 64;
  private static final int DECIMAL_POINT_MIN = -6;
  private static final int DECIMAL_POINT_MAX = 21;

  private Numbers() {}

  /** Returns an int, a double or a decimal text as a number; NaN for anything else. */
  static double of(AnyValueView value) {
    return switch (value.kind()) {
      case INT -> value.intValue();
      case DOUBLE -> value.doubleValue();
      case STRING -> parse(value.stringValue());
      case NOT_SET, BOOL, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> Double.NaN;
    };
  }

  private static double parse(ByteRange text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      return Double.NaN;
    }
    String decimal = text.utf8();
    return DECIMAL.matcher(decimal).matches() ? Double.parseDouble(decimal) : Double.NaN;
  }

  /** Returns a number or a truth value as the collector prints it; nothing for anything else. */
  static byte[] print(AnyValueView value) {
    String text =
        switch (value.kind()) {
          case INT -> Long.toString(value.intValue());
          case BOOL -> Boolean.toString(value.boolValue());
          case DOUBLE -> print(value.doubleValue());
          case NOT_SET, STRING, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> "";
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The shortest decimal number, as in JSON: no exponent from 1e-6 up to below 1e21. */
  static String print(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= DECIMAL_POINT_MIN && exponent < DECIMAL_POINT_MAX) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = number < 0 ? "-" : "";
    return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
  }
}
