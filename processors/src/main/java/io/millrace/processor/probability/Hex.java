package io.millrace.processor.probability;

import java.util.HexFormat;

/** Numbers of 56 bits in hexadecimal digits. Stateless. */
public final class Hex {
  private static final HexFormat HEX = HexFormat.of();

  private Hex() {}

  /** Reads at most 14 digits of either case; -1 when one of them is none. */
  public static long parse(byte[] text, int from, int to) {
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
  public static int print(long value, byte[] out, int at) {
    long rest = value;
    for (int i = Threshold.DIGITS - 1; i >= 0; i--) {
      out[at + i] = (byte) HEX.toLowHexDigit((int) rest);
      rest >>>= 4;
    }
    return at + Threshold.DIGITS;
  }
}
