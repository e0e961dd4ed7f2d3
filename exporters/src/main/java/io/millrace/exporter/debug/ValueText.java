package io.millrace.exporter.debug;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.util.Base64;
import java.util.HexFormat;

/** Writes attribute values and ids for people. Stateless. */
final class ValueText {
  private ValueText() {}

  /** Writes {@code key=value} pairs, each after {@code separator} but the first. */
  static void appendPairs(StringBuilder out, RangeCursor attributes, String separator) {
    AttributeView attribute = new AttributeView();
    for (String before = ""; attributes.next(attribute); before = separator) {
      out.append(before).append(attribute.key().utf8()).append('=');
      appendValue(out, attribute.value());
    }
  }

  /** Writes a value without its type; lists in brackets, maps in braces. */
  static void appendValue(StringBuilder out, AnyValueView value) {
    switch (value.kind()) {
      case NOT_SET -> {}
      case STRING -> out.append(value.stringValue().utf8());
      case BOOL -> out.append(value.boolValue());
      case INT -> out.append(value.intValue());
      case DOUBLE -> out.append(value.doubleValue());
      case BYTES -> out.append(base64(value.bytesValue()));
      case STRING_STRINDEX -> out.append('#').append(value.stringValueStrindex());
      case ARRAY -> appendList(out, value.arrayValue());
      case KVLIST -> {
        out.append('{');
        appendPairs(out, value.kvlistValue(), ", ");
        out.append('}');
      }
    }
  }

  private static void appendList(StringBuilder out, RangeCursor values) {
    AnyValueView element = new AnyValueView();
    out.append('[');
    for (String before = ""; values.next(element); before = ", ") {
      out.append(before);
      appendValue(out, element);
    }
    out.append(']');
  }

  /** Returns the name the collector gives the value's type. */
  static String typeOf(AnyValueView value) {
    return switch (value.kind()) {
      case NOT_SET -> "Empty";
      case STRING -> "Str";
      case BOOL -> "Bool";
      case INT -> "Int";
      case DOUBLE -> "Double";
      case BYTES -> "Bytes";
      case STRING_STRINDEX -> "StrIndex";
      case ARRAY -> "Slice";
      case KVLIST -> "Map";
    };
  }

  static String hex(ByteRange range) {
    int end = range.offset() + range.length();
    return HexFormat.of().formatHex(range.bytes(), range.offset(), end);
  }

  private static String base64(ByteRange range) {
    return Base64.getEncoder().encodeToString(range.copy());
  }
}
