package io.millrace.processor.actions;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as Go's {@code strconv} does: no blanks around them, no suffixes, underscores
 * between the digits of a floating-point number. Thread safe.
 */
final class GoNumber {
  private static final Pattern INT = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(D(\\.D?)?|\\.D)([eE][+-]?D)?".replace("D", "([0-9](_?[0-9])*)"));
  private static final Pattern HEX_FLOAT =
      Pattern.compile(
          "[+-]?0[xX](_?H(\\.H?)?|\\.H)[pP][+-]?D"
              .replace("H", "([0-9a-fA-F](_?[0-9a-fA-F])*)")
              .replace("D", "([0-9](_?[0-9])*)"));
  private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?inf(inity)?");

  private GoNumber() {}

  /** Returns the number of 64 bits; {@code null} when the text is none. */
  static @Nullable Long parseInt(String text) {
    if (!INT.matches(text)) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns the number; {@code null} when the text is none, or one too large. */
  static @Nullable Double parseFloat(String text) {
    if (INFINITY.matches(text)) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (text.toLowerCase(Locale.ROOT).equals("nan")) {
      return Double.NaN;
    }
    if (!FLOAT.matches(text) && !HEX_FLOAT.matches(text)) {
      return null;
    }
    double number = Double.parseDouble(text.replace("_", ""));
    return Double.isInfinite(number) ? null : number;
  }
}
