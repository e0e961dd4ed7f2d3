package io.millrace.exporter.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;

/** Makes text of encoded labels: {@code name="value",name="value"}. Confined to one thread. */
final class LabelText {
  static final byte[] INFINITY = "+Inf".getBytes(US_ASCII);

  private final boolean allowsUtf8;
  private final WireReader in = new WireReader();

  LabelText(boolean allowsUtf8) {
    this.allowsUtf8 = allowsUtf8;
  }

  /** Appends the labels but for the one of the name {@code without}. */
  void append(byte[] labels, int offset, int length, String without, ByteAppender out) {
    in.wrap(labels, offset, length);
    boolean isFirst = true;
    while (in.readTag() != 0) {
      int outer = in.enterMessage();
      in.readTag();
      int nameLength = in.readLength();
      int nameAt = in.position();
      in.advance(nameLength);
      in.readTag();
      int valueLength = in.readLength();
      int valueAt = in.position();
      in.advance(valueLength);
      in.leaveMessage(outer);
      if (equals(labels, nameAt, nameLength, without)) {
        continue;
      }
      if (!isFirst) {
        out.put(',');
      }
      isFirst = false;
      appendName(labels, nameAt, nameLength, out);
      out.put('=');
      out.put('"');
      escape(labels, valueAt, valueLength, true, out);
      out.put('"');
    }
  }

  private static boolean equals(byte[] bytes, int offset, int length, String ascii) {
    if (length != ascii.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void appendName(byte[] bytes, int offset, int length, ByteAppender out) {
    boolean isClassic = true;
    for (int i = 0; i < length; i++) {
      isClassic &= isNamePart(bytes[offset + i], i);
    }
    if (isClassic) {
      out.put(bytes, offset, length);
    } else if (allowsUtf8) {
      out.put('"');
      escape(bytes, offset, length, true, out);
      out.put('"');
    } else {
      for (int i = 0; i < length; i++) {
        out.put(isNamePart(bytes[offset + i], i) ? bytes[offset + i] : '_');
      }
    }
  }

  /** Returns a metric's name as the scraper may have it. */
  static String name(String name, boolean allowsUtf8) {
    if (allowsUtf8 || isClassicName(name)) {
      return name;
    }
    StringBuilder escaped = new StringBuilder(name);
    for (int i = 0; i < escaped.length(); i++) {
      if (!isMetricNamePart(escaped.charAt(i), i)) {
        escaped.setCharAt(i, '_');
      }
    }
    return escaped.toString();
  }

  static boolean isClassicName(String name) {
    boolean isClassic = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      isClassic &= isMetricNamePart(name.charAt(i), i);
    }
    return isClassic;
  }

  private static boolean isMetricNamePart(int character, int at) {
    return character == ':' || isNamePart(character, at);
  }

  private static boolean isNamePart(int character, int at) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || character == '_'
        || (at > 0 && character >= '0' && character <= '9');
  }

  static void escape(byte[] text, boolean escapesQuotes, ByteAppender out) {
    escape(text, 0, text.length, escapesQuotes, out);
  }

  private static void escape(
      byte[] text, int offset, int length, boolean escapesQuotes, ByteAppender out) {
    int from = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      byte value = text[i];
      if (value == '\n' || value == '\\' || (value == '"' && escapesQuotes)) {
        out.put(text, from, i - from);
        out.put('\\');
        out.put(value == '\n' ? 'n' : value);
        from = i + 1;
      }
    }
    out.put(text, from, end - from);
  }
}
