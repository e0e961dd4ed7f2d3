package io.millrace.exporter.prometheus;

import io.millrace.wire.ByteAppender;

/** Writes values as text that Go reads back as the same number. Confined to one thread. */
final class NumberText {
  /** Whole numbers up to here are written as such. */
  private static final double WHOLE_MAX = 1e15;

  private final ByteAppender out;
  private final StringBuilder text = new StringBuilder(32);

  NumberText(ByteAppender out) {
    this.out = out;
  }

  void value(double value) {
    if (Math.abs(value) < WHOLE_MAX && value == (long) value && !isNegativeZero(value)) {
      out.putDecimal((long) value);
    } else if (Double.isNaN(value)) {
      out.putAscii("NaN");
    } else if (Double.isInfinite(value)) {
      out.putAscii(value > 0 ? "+Inf" : "-Inf");
    } else {
      fraction(value);
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  private void fraction(double value) {
    text.setLength(0);
    text.append(value);
    for (int i = 0; i < text.length(); i++) {
      out.put(text.charAt(i));
    }
  }
}
