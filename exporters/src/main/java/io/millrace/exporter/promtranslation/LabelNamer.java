package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;

/**
 * Makes label names from attribute keys, byte by byte, by the rules of Prometheus' {@code
 * otlptranslator}. Immutable.
 *
 * @param escapes false keeps every key as it is
 * @param preservesUnderscores false makes one of several underscores in a row
 * @param sanitizesLeadingUnderscore true puts {@code key} in front of a single leading one
 */
public record LabelNamer(
    boolean escapes, boolean preservesUnderscores, boolean sanitizesLeadingUnderscore) {
  private static final byte[] KEY = {'k', 'e', 'y'};
  private static final byte[] KEY_UNDERSCORE = {'k', 'e', 'y', '_'};

  /**
   * Appends the name for a key; appends something useless when there is none.
   *
   * @return whether there is a name: something beside underscores is left
   */
  public boolean append(byte[] key, int offset, int length, ByteAppender out) {
    if (!escapes) {
      out.put(key, offset, length);
      return hasVisible(out, out.length() - length);
    }
    return length > 0 && appendEscaped(key, offset, length, out);
  }

  private boolean appendEscaped(byte[] key, int offset, int length, ByteAppender out) {
    boolean isReserved = isReserved(key, offset, length);
    int from = isReserved ? offset + 2 : offset;
    int to = isReserved ? offset + length - 2 : offset + length;
    if (isReserved) {
      out.put('_');
      out.put('_');
    } else {
      appendPrefix(key, offset, length, out);
    }
    int start = out.length();
    boolean afterUnderscore = false;
    for (int i = from; i < to; i++) {
      byte value = key[i];
      if (isAllowed(value)) {
        out.put(value);
        afterUnderscore = false;
      } else if (isCharacterStart(value)) {
        if (!afterUnderscore || preservesUnderscores) {
          out.put('_');
        }
        afterUnderscore = true;
      }
    }
    boolean isNamed = hasVisible(out, start);
    if (isReserved) {
      out.put('_');
      out.put('_');
    }
    return isNamed;
  }

  private void appendPrefix(byte[] key, int offset, int length, ByteAppender out) {
    if (isDigit(key[offset])) {
      out.put(KEY_UNDERSCORE);
    } else if (sanitizesLeadingUnderscore && startsWithOneUnderscore(key, offset, length)) {
      out.put(KEY);
    }
  }

  /** Looks at the name that will come out: several underscores count as one unless preserved. */
  private boolean startsWithOneUnderscore(byte[] key, int offset, int length) {
    if (isAllowed(key[offset])) {
      return false;
    }
    int second = offset + 1;
    while (second < offset + length && !isCharacterStart(key[second])) {
      second++;
    }
    return !preservesUnderscores || second == offset + length || isAllowed(key[second]);
  }

  private static boolean isReserved(byte[] key, int offset, int length) {
    int end = offset + length;
    return length > 4
        && key[offset] == '_'
        && key[offset + 1] == '_'
        && key[end - 1] == '_'
        && key[end - 2] == '_';
  }

  private static boolean isAllowed(byte value) {
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || isDigit(value);
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Returns whether a UTF-8 character starts here, of which one underscore is made. */
  private static boolean isCharacterStart(byte value) {
    return (value & 0xc0) != 0x80;
  }

  private static boolean hasVisible(ByteAppender out, int start) {
    for (int i = start; i < out.length(); i++) {
      if (out.bytes()[i] != '_') {
        return true;
      }
    }
    return false;
  }
}
