package io.millrace.processor.ottl;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Values as text, as Go's strconv prints them: floats without exponent, bytes in hex. */
final class PlainText {
  /** What has a text. */
  static final Kind[] KINDS = {Kind.NIL, Kind.BOOL, Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BYTES};

  static final String FAULT = "a list, map, id or time is no text here";

  private PlainText() {}

  /** Makes {@code into} the text of {@code value}; false where there is none. Allocates. */
  static boolean fill(Value value, Value into) {
    switch (value.kind()) {
      case BOOL -> into.string(encoded(Boolean.toString(value.isTrue())));
      case INT -> into.string(encoded(Long.toString(value.number())));
      case DOUBLE -> into.string(encoded(floating(value.floating())));
      case STRING -> into.string(value.content());
      case BYTES -> into.string(encoded(HexFormat.of().formatHex(value.content().copy())));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String floating(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  private static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
