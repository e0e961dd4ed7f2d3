package io.millrace.exporter.promtranslation;

import io.millrace.pdata.DoubleText;
import org.jspecify.annotations.Nullable;

/**
 * The labels {@code le} or {@code quantile} of the numbers seen lately; the same few come again and
 * again. Confined to one thread.
 */
final class BoundLabels {
  private static final int SLOTS = 1024;

  private final String name;
  private final boolean openMetrics;
  private final double[] numbers = new double[SLOTS];
  private final @Nullable EncodedLabel[] labels = new @Nullable EncodedLabel[SLOTS];

  /** Creates an empty cache; {@code openMetrics} makes {@code 1.0} of a 1. */
  BoundLabels(String name, boolean openMetrics) {
    this.name = name;
    this.openMetrics = openMetrics;
  }

  EncodedLabel of(double number) {
    long bits = Double.doubleToLongBits(number);
    int slot = (int) Hashes.mix(bits) & (SLOTS - 1);
    EncodedLabel known = labels[slot];
    if (known != null && Double.doubleToLongBits(numbers[slot]) == bits) {
      return known;
    }
    EncodedLabel made = EncodedLabel.of(name, text(number));
    numbers[slot] = number;
    labels[slot] = made;
    return made;
  }

  private String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    String plain = DoubleText.plain(number);
    return openMetrics && plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
