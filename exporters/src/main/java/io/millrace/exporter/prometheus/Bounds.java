package io.millrace.exporter.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.exporter.promtranslation.BoundText;

/**
 * Bounds of buckets or quantiles with their texts, made once for all points that have the same.
 * Immutable.
 */
final class Bounds {
  static final Bounds NONE = new Bounds(new double[0]);

  final double[] numbers;
  private final byte[][] classic;
  private final byte[][] openMetrics;

  /** Takes the numbers, which nobody writes to any more. */
  Bounds(double[] numbers) {
    this.numbers = numbers;
    classic = new byte[numbers.length][];
    openMetrics = new byte[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      classic[i] = BoundText.classic(numbers[i]).getBytes(US_ASCII);
      openMetrics[i] = BoundText.openMetrics(numbers[i]).getBytes(US_ASCII);
    }
  }

  byte[] text(int at, boolean ofOpenMetrics) {
    return ofOpenMetrics ? openMetrics[at] : classic[at];
  }
}
