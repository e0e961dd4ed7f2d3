package io.millrace.wire;

/**
 * Recognizes a small message of the commonest shape without reading it field by field.
 *
 * <pre>
 *   at
 *   length  keyTag length text..  valueTag length  stringTag length text..
 *                                                  other tag  varint or eight bytes
 * </pre>
 *
 * <p>Tags and lengths have one byte each and the lengths agree to the byte, so that nothing can be
 * left out or stand beside; whatever else is legal is somebody else's to read. As long as all of
 * that is below 0x80, one look at the whole tells whether its texts are ASCII. Thread safe.
 */
final class PlainPair {
  /** What {@link #end} returns for everything that is not a plain pair. */
  static final int NONE = -1;

  /** How deep messages nest in a plain pair, itself among them. */
  static final int NESTING = 2;

  private static final int VARINT_BYTES_MAX = 10;

  private PlainPair() {}

  /**
   * Returns the index behind the pair whose length stands at {@code at}, or {@link #NONE}.
   *
   * @param limit index behind the message around it
   */
  static int end(byte[] bytes, int at, int limit, int keyTag, int valueTag, int stringTag) {
    int start = at + 1;
    if (limit - start < Long.BYTES) {
      return NONE;
    }
    int end = start + bytes[at];
    if (end > limit || end - start < Long.BYTES || bytes[start] != keyTag) {
      return NONE;
    }
    int value = start + 2 + bytes[start + 1];
    if (value < start + 2 || end - value < 4 || bytes[value] != valueTag) {
      return NONE;
    }
    int textEnd = textEnd(bytes, value + 1, end, stringTag);
    return textEnd - start >= Long.BYTES && Utf8.isLongAscii(bytes, start, textEnd) ? end : NONE;
  }

  /** Returns the index behind the last text of the pair, or {@link #NONE}. */
  private static int textEnd(byte[] bytes, int at, int end, int stringTag) {
    int start = at + 1;
    if (bytes[at] != end - start) {
      return NONE;
    }
    int tag = bytes[start];
    if (tag == stringTag) {
      return bytes[start + 1] == end - start - 2 ? end : NONE;
    }
    return isNumber(bytes, tag, start + 1, end) ? start + 1 : NONE;
  }

  private static boolean isNumber(byte[] bytes, int tag, int start, int end) {
    if (tag < 1 << 3) {
      return false;
    }
    return switch (WireType.of(tag)) {
      case WireType.VARINT -> isVarint(bytes, start, end);
      case WireType.FIXED64 -> end - start == Long.BYTES;
      default -> false;
    };
  }

  private static boolean isVarint(byte[] bytes, int start, int end) {
    if (bytes[end - 1] < 0 || end - start > VARINT_BYTES_MAX) {
      return false;
    }
    int at = start;
    while (bytes[at] < 0) {
      at++;
    }
    return at == end - 1;
  }
}
