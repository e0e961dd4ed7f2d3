package io.millrace.processor.ottl;

import io.millrace.config.GoDuration;
import java.time.DateTimeException;
import java.util.List;

/** {@code Duration("1m30s")}, for arithmetic with times. */
final class DurationLiteral implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("duration");
  }

  @Override
  public Operand compile(Arguments arguments) {
    String text = arguments.literal(0, Kind.STRING).content().utf8();
    try {
      return Constant.of(Kind.DURATION, GoDuration.parse(text).toNanos());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException _) {
      throw arguments.fault(0, "\"" + text + "\" (expected: a duration such as 300ms or 1m30s)");
    }
  }
}
