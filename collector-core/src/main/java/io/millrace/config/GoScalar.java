package io.millrace.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a YAML scalar without quotes is, by the rules of Go's yaml.v3: the core schema of
 * YAML 1.2, plus octal with a leading zero, binary, and underscores in numbers.
 *
 * <p>So {@code yes}, {@code on} and {@code 1:30} are strings; dates are too, which Go would only
 * refuse later. Thread safe.
 */
final class GoScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
  private static final Pattern NAN = Pattern.compile("\\.(nan|NaN|NAN)");
  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final List<Notation> INTEGERS =
      List.of(
          new Notation("([-+]?)0[xX]([0-9a-fA-F]+)", 16),
          new Notation("([-+]?)0[bB]([01]+)", 2),
          new Notation("([-+]?)0[oO]?([0-7]+)", 8),
          new Notation("([-+]?)(0|[1-9][0-9]*)", 10));

  private GoScalar() {}

  /** Returns {@code null}, a Boolean, Long, BigInteger (above Long), Double or String. */
  static @Nullable Object resolve(String text) {
    if (NULLS.contains(text)) {
      return null;
    }
    if (TRUES.contains(text)) {
      return true;
    }
    if (FALSES.contains(text)) {
      return false;
    }
    Number number = number(text);
    return number != null ? number : text;
  }

  private static @Nullable Number number(String text) {
    if (NAN.matcher(text).matches()) {
      return Double.NaN;
    }
    if (INFINITY.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    String digits = text.startsWith("_") || text.startsWith(".") ? text : text.replace("_", "");
    Number integer = integer(digits);
    return integer != null ? integer : floating(digits);
  }

  private static @Nullable Number integer(String text) {
    for (Notation notation : INTEGERS) {
      Matcher written = notation.pattern().matcher(text);
      if (written.matches()) {
        return narrowed(written.group(1), new BigInteger(written.group(2), notation.radix()));
      }
    }
    return null;
  }

  /** Go's limits: 64 bits with a sign, or without one. */
  private static @Nullable Number narrowed(String sign, BigInteger magnitude) {
    BigInteger value = sign.equals("-") ? magnitude.negate() : magnitude;
    if (value.bitLength() <= 63) {
      return value.longValue();
    }
    return sign.isEmpty() && value.bitLength() <= 64 ? value : null;
  }

  private static @Nullable Double floating(String text) {
    if (!FLOAT.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : value;
  }

  private record Notation(Pattern pattern, int radix) {
    Notation(String pattern, int radix) {
      this(Pattern.compile(pattern), radix);
    }
  }
}
