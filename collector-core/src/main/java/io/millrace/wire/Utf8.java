package io.millrace.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes text valid UTF-8 without moving a byte.
 *
 * <p>Source: the Unicode Standard, table 3-7, well-formed UTF-8 byte sequences. Thread safe as long
 * as each range is confined to one thread.
 */
public final class Utf8 {
  private static final byte REPLACEMENT = '?';
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /**
   * Overwrites each byte that belongs to no well-formed sequence by {@code ?}.
   *
   * @param offset where the text starts; the range must be inside the array
   * @return how many bytes were overwritten; 0 when the text was valid
   */
  public static int repair(byte[] bytes, int offset, int length) {
    int end = offset + length;
    return isAscii(bytes, offset, end) ? 0 : repairSequences(bytes, offset, end);
  }

  /** Returns whether {@link #repair} would find nothing to overwrite. */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    if (isAscii(bytes, offset, end)) {
      return true;
    }
    int at = offset;
    int size = 1;
    while (at < end && size > 0) {
      size = sequenceSize(bytes, at, end);
      at += size;
    }
    return at == end && size > 0;
  }

  private static boolean isAscii(byte[] bytes, int start, int end) {
    if (end - start >= Long.BYTES) {
      return isLongAscii(bytes, start, end);
    }
    int seen = 0;
    for (int at = start; at < end; at++) {
      seen |= bytes[at];
    }
    return seen >= 0;
  }

  /**
   * Returns whether a text of at least eight bytes has no byte above 0x7f.
   *
   * <p>Short texts take no loop: words from both ends meet, and overlap, in the middle.
   */
  static boolean isLongAscii(byte[] bytes, int start, int end) {
    int head = start;
    int tail = end - Long.BYTES;
    long seen = word(bytes, head) | word(bytes, tail);
    while (tail - head > Long.BYTES) {
      head += Long.BYTES;
      tail -= Long.BYTES;
      seen |= word(bytes, head) | word(bytes, tail);
    }
    return (seen & HIGH_BITS) == 0;
  }

  private static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static int repairSequences(byte[] bytes, int offset, int end) {
    int repaired = 0;
    int at = offset;
    while (at < end) {
      int size = sequenceSize(bytes, at, end);
      if (size == 0) {
        bytes[at] = REPLACEMENT;
        repaired++;
        size = 1;
      }
      at += size;
    }
    return repaired;
  }

  /** Returns the size of the well-formed sequence that starts at {@code at}, or 0. */
  private static int sequenceSize(byte[] bytes, int at, int end) {
    int lead = bytes[at];
    if (lead >= 0) {
      return 1;
    }
    int size = sizeByLead(lead & 0xff);
    if (size == 0 || size > end - at || !isSecondByteValid(lead & 0xff, bytes[at + 1] & 0xff)) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  private static int sizeByLead(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    if (lead < 0xe0) {
      return 2;
    }
    return lead < 0xf0 ? 3 : 4;
  }

  /** Rules out overlong forms, surrogates and code points above U+10FFFF by the second byte. */
  private static boolean isSecondByteValid(int lead, int second) {
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high;
  }
}
