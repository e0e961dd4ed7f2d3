package io.millrace.processor.probability;

/**
 * The grammar of tracestate entries: W3C Trace Context, section 3.3.1, and the {@code ot} entry of
 * OpenTelemetry. Stateless.
 */
final class TraceStateSyntax {
  private static final int KEY_LENGTH_MAX = 256;
  private static final int TENANT_LENGTH_MAX = 241;
  private static final int SYSTEM_LENGTH_MAX = 14;
  private static final int VALUE_LENGTH_MAX = 256;

  private TraceStateSyntax() {}

  /** Returns whether {@code key=value} is well formed, blanks around it taken off. */
  static boolean isMember(byte[] bytes, int from, int equals, int to) {
    return equals < to && isKey(bytes, from, equals) && isValue(bytes, equals + 1, to);
  }

  /** {@code simple} begins with a letter, {@code tenant@system} also with a digit. */
  private static boolean isKey(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '@') {
      at++;
    }
    if (at == to) {
      return to - from <= KEY_LENGTH_MAX && isName(bytes, from, to) && isLetter(bytes[from]);
    }
    return at - from <= TENANT_LENGTH_MAX
        && to - at - 1 <= SYSTEM_LENGTH_MAX
        && isName(bytes, from, at)
        && (isLetter(bytes[from]) || isDigit(bytes[from]))
        && isName(bytes, at + 1, to)
        && isLetter(bytes[at + 1]);
  }

  private static boolean isName(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-' && c != '*' && c != '/') {
        return false;
      }
    }
    return from < to;
  }

  /** Printable ASCII without comma and equals sign; blanks were taken off its end. */
  private static boolean isValue(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (c < ' ' || c > '~' || c == ',' || c == '=') {
        return false;
      }
    }
    return from < to && to - from <= VALUE_LENGTH_MAX;
  }

  /** Returns whether {@code key:value} is well formed inside the {@code ot} entry. */
  static boolean isOtMember(byte[] bytes, int from, int colon, int to) {
    if (colon == to || from == colon || !isLetter(bytes[from])) {
      return false;
    }
    for (int i = from; i < colon; i++) {
      if (!isLetter(bytes[i]) && !isDigit(bytes[i])) {
        return false;
      }
    }
    for (int i = colon + 1; i < to; i++) {
      if (!isOtValueCharacter(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOtValueCharacter(byte c) {
    return isLetter(c) || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '_' || c == '-';
  }

  private static boolean isLetter(byte c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
