package io.millrace.processor.probability;

/**
 * Thresholds of consistent probability sampling: how many of the 2^56 values that randomness can
 * have are rejected. A record is kept when its randomness is not below.
 *
 * <p>In text a threshold has up to 14 hexadecimal digits, zeros at the end left out: {@code 8} is
 * 50 %, {@code c} 25 %, {@code 0} everything. Stateless.
 */
public final class Threshold {
  public static final int DIGITS = 14;
  public static final long ALWAYS = 0;
  public static final long NEVER = 1L << 56;

  /** Stands for the absence of a threshold; below every threshold. */
  public static final long NONE = -1;

  private static final int DIGIT_BITS = 4;

  private Threshold() {}

  /**
   * Returns the threshold of a probability; {@link #NEVER} below 2^-56, the smallest there is.
   *
   * <p>Leading 0s of either the probability or its complement come on top of the precision, so that
   * the relative error stays the same near both ends.
   *
   * @param precision digits, 1 to {@link #DIGITS}
   */
  public static long ofProbability(double probability, int precision) {
    if (!(probability >= 0x1p-56)) {
      return NEVER;
    }
    if (probability >= 1) {
      return ALWAYS;
    }
    int leading = Math.max(leadingDigits(probability), leadingDigits(1 - probability));
    int digits = Math.min(DIGITS, precision + leading);
    long threshold = NEVER - Math.round(probability * NEVER);
    int cutBits = DIGIT_BITS * (DIGITS - digits);
    if (cutBits == 0) {
      return threshold;
    }
    long half = 1L << (cutBits - 1);
    return (threshold + half) >>> cutBits << cutBits;
  }

  private static int leadingDigits(double fraction) {
    return Math.max(0, -(Math.getExponent(fraction) + 1) / DIGIT_BITS);
  }

  public static double probability(long threshold) {
    return (double) (NEVER - threshold) / NEVER;
  }

  /** Reads 1 to 14 hexadecimal digits; {@link #NONE} when the text is anything else. */
  public static long parse(byte[] text, int from, int to) {
    int length = to - from;
    long digits = length < 1 || length > DIGITS ? NONE : Hex.parse(text, from, to);
    return digits == NONE ? NONE : digits << (DIGIT_BITS * (DIGITS - length));
  }

  /** Writes the digits of a threshold below {@link #NEVER}; returns the index behind them. */
  public static int print(long threshold, byte[] out, int at) {
    int end = Hex.print(threshold, out, at);
    while (end > at + 1 && out[end - 1] == '0') {
      end--;
    }
    return end;
  }
}
