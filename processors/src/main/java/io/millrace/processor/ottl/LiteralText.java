package io.millrace.processor.ottl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What literals mean; texts have the escapes of Go. */
final class LiteralText {
  private static final String ESCAPES = "abfnrtv\\\"";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final int OCTET_MAX = 0xff;

  private LiteralText() {}

  /**
   * Returns the literal's value, which nobody may change.
   *
   * @param sign in front of a number, {@code -} or nothing
   */
  static Value value(String expression, Token token, String sign) {
    Value value = new Value();
    try {
      switch (token.type()) {
        case TEXT -> value.string(text(expression, token));
        case BYTES -> value.bytes(hex(expression, token));
        case INT -> value.number(Kind.INT, Long.parseLong(sign + token.text()));
        case FLOAT -> value.floating(floating(sign + token.text()));
        case WORD -> word(token, value);
        default -> throw new OttlException(expression, token.start(), "no literal");
      }
    } catch (NumberFormatException _) {
      throw new OttlException(
          expression,
          token.start(),
          "`" + sign + token.text() + "` (expected: a number of 64 bits)");
    }
    return value;
  }

  private static double floating(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  static Node.Key key(String expression, Token token) {
    return switch (token.type()) {
      case TEXT ->
          new Node.Key(
              token.start(), new String(text(expression, token), StandardCharsets.UTF_8), 0);
      case INT -> new Node.Key(token.start(), null, value(expression, token, "").number());
      default ->
          throw new OttlException(
              expression,
              token.start(),
              "`" + token.shown() + "` (expected: a text in double quotes or a number as key)");
    };
  }

  private static void word(Token token, Value value) {
    if (token.is("nil")) {
      value.nil();
    } else {
      value.bool(token.is("true"));
    }
  }

  private static byte[] hex(String expression, Token token) {
    try {
      String digits = token.text().substring("0x".length());
      if (!digits.isEmpty()) {
        return HexFormat.of().parseHex(digits);
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new OttlException(
        expression, token.start(), "`" + token.text() + "` (expected: pairs of hex digits)");
  }

  private static byte[] text(String expression, Token token) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String quoted = token.text();
    int end = quoted.length() - 1;
    int at = 1;
    while (at < end) {
      int c = quoted.codePointAt(at);
      if (c == '\\') {
        at = escape(expression, token, at + 1, bytes);
      } else if (c == '\n') {
        throw new OttlException(
            expression, token.start() + at, "a line break in a text (expected: `\\n`)");
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(c);
      }
    }
    return bytes.toByteArray();
  }

  /** Reads the escape behind a backslash and returns the index behind it. */
  private static int escape(String expression, Token token, int at, ByteArrayOutputStream bytes) {
    char c = token.text().charAt(at);
    int known = ESCAPES.indexOf(c);
    if (known >= 0) {
      bytes.write(ESCAPED.charAt(known));
      return at + 1;
    }
    try {
      return numbered(token.text(), at, bytes);
    } catch (IllegalArgumentException _) {
      throw new OttlException(
          expression,
          token.start() + at - 1,
          "`\\" + c + "` (expected: an escape of Go; `\\\\` is a backslash)");
    }
  }

  private static int numbered(String quoted, int at, ByteArrayOutputStream bytes) {
    return switch (quoted.charAt(at)) {
      case 'x' -> octet(quoted, at + 1, at + 3, 16, bytes);
      case 'u' -> codePoint(quoted, at + 1, at + 5, bytes);
      case 'U' -> codePoint(quoted, at + 1, at + 9, bytes);
      default -> octet(quoted, at, at + 3, 8, bytes);
    };
  }

  private static int octet(
      String quoted, int start, int end, int radix, ByteArrayOutputStream bytes) {
    long value = number(quoted, start, end, radix);
    if (value > OCTET_MAX) {
      throw new IllegalArgumentException("more than a byte");
    }
    bytes.write((int) value);
    return end;
  }

  private static int codePoint(String quoted, int start, int end, ByteArrayOutputStream bytes) {
    long value = number(quoted, start, end, 16);
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value > Character.MAX_CODE_POINT || surrogate) {
      throw new IllegalArgumentException("no code point");
    }
    bytes.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
    return end;
  }

  private static long number(String quoted, int start, int end, int radix) {
    if (end >= quoted.length()) {
      throw new IllegalArgumentException("too short");
    }
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = Character.digit(quoted.charAt(at), radix);
      if (digit < 0) {
        throw new IllegalArgumentException("no digit");
      }
      value = value * radix + digit;
    }
    return value;
  }
}
