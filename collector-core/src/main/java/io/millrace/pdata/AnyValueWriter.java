package io.millrace.pdata;

import io.millrace.wire.ByteAppender;
import java.util.Base64;

/**
 * Writes values as the text that backends without types store, as the collector's {@code AsString}
 * does.
 *
 * <pre>
 *   not set        nothing; null inside JSON
 *   string         as it is
 *   bool, int      true, -1
 *   double         see {@link DoubleText#shortest}
 *   bytes          standard base64 with padding
 *   array, kvlist  compact JSON, keys in the order of their bytes
 * </pre>
 *
 * Confined to one thread.
 */
public final class AnyValueWriter {
  private final ValueJson json = new ValueJson();

  /** Appends the text of {@code value}. */
  public void append(AnyValueView value, ByteAppender out) {
    switch (value.kind()) {
      case STRING -> put(value.stringValue(), out);
      case BOOL -> out.putAscii(value.boolValue() ? "true" : "false");
      case INT -> out.putDecimal(value.intValue());
      case DOUBLE -> out.putAscii(DoubleText.shortest(value.doubleValue()));
      case BYTES -> out.put(base64(value.bytesValue()));
      case ARRAY, KVLIST -> json.append(value, out);
      case NOT_SET, STRING_STRINDEX -> {}
    }
  }

  /** Appends {@code value} as JSON: a string in quotes, and null where nothing is set. */
  public void appendJson(AnyValueView value, ByteAppender out) {
    json.append(value, out);
  }

  /** Appends a text as a JSON string. */
  public void appendJson(byte[] text, ByteAppender out) {
    ValueJson.string(text, 0, text.length, out);
  }

  static byte[] base64(ByteRange bytes) {
    return Base64.getEncoder().encode(bytes.copy());
  }

  private static void put(ByteRange text, ByteAppender out) {
    out.put(text.bytes(), text.offset(), text.length());
  }
}
