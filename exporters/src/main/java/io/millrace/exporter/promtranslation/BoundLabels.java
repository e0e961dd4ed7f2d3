package io.millrace.exporter.promtranslation;

import org.jspecify.annotations.Nullable;

/**
 * The labels {@code le} or {@code quantile} of the numbers seen lately; the same few come again and
 * again. Confined to one thread.
 */
final class BoundLabels {
  private static final int SLOTS = 1024;

  private final String name;
  private final boolean openMetrics;
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
    if (known != null && Double.doubleToLongBits(known.number()) == bits) {
      return known;
    }
    EncodedLabel made = EncodedLabel.of(name, text(number), number);
    labels[slot] = made;
    return made;
  }

  private String text(double number) {
    return openMetrics ? BoundText.openMetrics(number) : BoundText.plain(number);
  }
}
