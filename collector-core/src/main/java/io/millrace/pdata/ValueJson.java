package io.millrace.pdata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes lists and maps as compact JSON: no HTML escaping, keys in the order of their bytes, of
 * several entries with one key the last.
 *
 * <p>Allocates: such values are rare where text is wanted. Confined to one thread.
 */
final class ValueJson {
  private static final String HEX = "0123456789abcdef";
  private static final byte LINE_SEPARATOR_END = (byte) 0xa8;

  void append(AnyValueView value, ByteAppender out) {
    switch (value.kind()) {
      case STRING -> string(value.stringValue(), out);
      case BOOL -> out.putAscii(value.boolValue() ? "true" : "false");
      case INT -> out.putDecimal(value.intValue());
      case DOUBLE -> number(value.doubleValue(), out);
      case BYTES -> quoted(AnyValueWriter.base64(value.bytesValue()), out);
      case ARRAY -> array(value.arrayValue(), out);
      case KVLIST -> object(value.kvlistValue(), out);
      case NOT_SET, STRING_STRINDEX -> out.putAscii("null");
    }
  }

  private void array(RangeCursor values, ByteAppender out) {
    AnyValueView element = new AnyValueView();
    out.put('[');
    for (boolean isFirst = true; values.next(element); isFirst = false) {
      if (!isFirst) {
        out.put(',');
      }
      append(element, out);
    }
    out.put(']');
  }

  private void object(RangeCursor entries, ByteAppender out) {
    Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    AttributeView entry = new AttributeView();
    while (entries.next(entry)) {
      ByteAppender text = new ByteAppender(64);
      append(entry.value(), text);
      sorted.put(entry.key().copy(), text.copy());
    }
    out.put('{');
    boolean isFirst = true;
    for (Map.Entry<byte[], byte[]> member : sorted.entrySet()) {
      if (!isFirst) {
        out.put(',');
      }
      string(member.getKey(), 0, member.getKey().length, out);
      out.put(':');
      out.put(member.getValue());
      isFirst = false;
    }
    out.put('}');
  }

  private static void number(double value, ByteAppender out) {
    String text = DoubleText.shortest(value);
    if (Double.isFinite(value)) {
      out.putAscii(text);
    } else {
      quoted(text.getBytes(US_ASCII), out);
    }
  }

  private static void quoted(byte[] ascii, ByteAppender out) {
    out.put('"');
    out.put(ascii);
    out.put('"');
  }

  private static void string(ByteRange text, ByteAppender out) {
    string(text.bytes(), text.offset(), text.length(), out);
  }

  static void string(byte[] bytes, int offset, int length, ByteAppender out) {
    out.put('"');
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (isLineSeparator(bytes, i, end)) {
        out.putAscii(bytes[i + 2] == LINE_SEPARATOR_END ? "\\u2028" : "\\u2029");
        i += 2;
      } else {
        character(bytes[i], out);
      }
    }
    out.put('"');
  }

  /** Returns whether U+2028 or U+2029 is there, which JavaScript takes for the end of a line. */
  private static boolean isLineSeparator(byte[] bytes, int at, int end) {
    return bytes[at] == (byte) 0xe2
        && at + 2 < end
        && bytes[at + 1] == (byte) 0x80
        && (bytes[at + 2] | 1) == (byte) 0xa9;
  }

  private static void character(byte value, ByteAppender out) {
    switch (value) {
      case '"', '\\' -> {
        out.put('\\');
        out.put(value);
      }
      case '\n' -> out.putAscii("\\n");
      case '\r' -> out.putAscii("\\r");
      case '\t' -> out.putAscii("\\t");
      case '\b' -> out.putAscii("\\b");
      case '\f' -> out.putAscii("\\f");
      default -> {
        if (value >= 0 && value < ' ') {
          out.putAscii("\\u00");
          out.put(HEX.charAt(value >> 4));
          out.put(HEX.charAt(value & 15));
        } else {
          out.put(value);
        }
      }
    }
  }
}
