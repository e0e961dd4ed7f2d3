package io.millrace.exporter.promtranslation;

/** Values as the bits of doubles. Thread safe. */
public final class SampleValue {
  /** The NaN that marks the end of a series. */
  public static final long STALE = 0x7ff0_0000_0000_0002L;

  private static final long NAN = 0x7ff8_0000_0000_0001L;

  private SampleValue() {}

  /** Returns the bits of a measured value; every NaN is the same one, and never a marker. */
  static long bits(double value) {
    return Double.isNaN(value) ? NAN : Double.doubleToRawLongBits(value);
  }

  /** Returns the bits of an unsigned count. */
  static long bits(long count) {
    double value = count >= 0 ? count : ((count >>> 1) | (count & 1)) * 2.0;
    return Double.doubleToRawLongBits(value);
  }
}
