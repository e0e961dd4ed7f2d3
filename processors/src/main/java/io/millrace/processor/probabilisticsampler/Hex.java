package io.millrace.processor.probabilisticsampler;

/** Numbers of 56 bits in hexadecimal digits. Stateless. */
final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Hex() {}

  /** Reads at most 14 digits of either case; -1 when one of them is none. */
  static long parse(byte[] text, int from, int to) {
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = Character.digit(text[at], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /** Writes 14 digits; returns the index behind them. */
  static int print(long value, byte[] out, int at) {
    long rest = value;
    for (int i = Threshold.DIGITS - 1; i >= 0; i--) {
      out[at + i] = DIGITS[(int) (rest & 0xf)];
      rest >>>= 4;
    }
    return at + Threshold.DIGITS;
  }
}
