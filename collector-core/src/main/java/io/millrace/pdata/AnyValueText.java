package io.millrace.pdata;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as the text the Go collector makes of them ({@code pcommon.Value.AsString}), wherever a
 * user's pattern or a conversion meets a value that is none: numbers as JavaScript writes them,
 * bytes in Base64, lists and maps as JSON with sorted keys, an empty text for no value and for JSON
 * that has no notation for a number in it. Allocates. Thread safe.
 */
public final class AnyValueText {
  private static final double PLAIN_MIN = 1e-6;
  private static final double PLAIN_MAX = 1e21;

  private AnyValueText() {}

  public static String of(AnyValueView value) {
    return switch (value.kind()) {
      case STRING -> value.stringValue().utf8();
      case DOUBLE -> ofDouble(value.doubleValue());
      case BYTES -> Base64.getEncoder().encodeToString(value.bytesValue().copy());
      case ARRAY, KVLIST -> json(AnyValueCodec.decode(value));
      case NOT_SET -> "";
      case BOOL, INT, STRING_STRINDEX -> String.valueOf(AnyValueCodec.decode(value));
    };
  }

  private static String ofDouble(double value) {
    return Double.isFinite(value) ? number(value) : "json: unsupported value: " + notFinite(value);
  }

  private static String notFinite(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "+Inf" : "-Inf";
  }

  /** The fewest digits that give the same number, with an exponent outside 1e-6 to 1e21. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = shortest(value);
    return size < PLAIN_MIN || size >= PLAIN_MAX ? scientific(digits) : digits.toPlainString();
  }

  /** As Go's {@code strconv.FormatFloat(value, 'f', -1, 64)} for a finite number. */
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    return value == 0 ? number(value) : shortest(value).toPlainString();
  }

  /** Java's shortest notation has two digits at least. */
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (digits.precision() == 2) {
      BigDecimal one = digits.round(new MathContext(1));
      return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
    }
    return digits;
  }

  private static String scientific(BigDecimal digits) {
    String unscaled = digits.unscaledValue().abs().toString();
    int exponent = digits.precision() - digits.scale() - 1;
    String fraction = unscaled.length() == 1 ? "" : "." + unscaled.substring(1);
    String sign = digits.signum() < 0 ? "-" : "";
    return sign + unscaled.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
  }

  private static String json(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    return append(out, value) ? out.toString() : "";
  }

  private static boolean append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case Double number when !Double.isFinite(number) -> {
        return false;
      }
      case Double number -> out.append(number(number));
      case String text -> quote(out, text);
      case byte[] bytes -> quote(out, Base64.getEncoder().encodeToString(bytes));
      case List<?> list -> {
        return appendList(out, list);
      }
      case Map<?, ?> map -> {
        return appendMap(out, map);
      }
      case null -> out.append("null");
      default -> out.append(value);
    }
    return true;
  }

  private static boolean appendList(StringBuilder out, List<?> list) {
    out.append('[');
    boolean isWritten = true;
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      isWritten &= append(out, item);
      separator = ",";
    }
    out.append(']');
    return isWritten;
  }

  private static boolean appendMap(StringBuilder out, Map<?, ?> map) {
    Map<String, @Nullable Object> sorted = new TreeMap<>(AnyValueText::compareUtf8);
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    boolean isWritten = true;
    String separator = "";
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      out.append(separator);
      quote(out, entry.getKey());
      out.append(':');
      isWritten &= append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
    return isWritten;
  }

  private static int compareUtf8(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendChar(out, text.charAt(i));
    }
    out.append('"');
  }

  private static void appendChar(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
      default -> {
        if (c < ' ') {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
