package io.millrace.processor.ottl;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operand evaluated to: a kind, and the number or the stretch of bytes that belongs to it.
 *
 * <p>Every operand has one and fills it anew at each evaluation; texts and lists stay where they
 * lie in the telemetry. Confined to one thread; a literal's is never changed.
 */
final class Value {
  private final ByteRange content = new ByteRange();
  private Kind kind = Kind.NIL;
  private long number;
  private @Nullable RangeCursor items;
  private List<Object> literalItems = List.of();

  Kind kind() {
    return kind;
  }

  boolean isError() {
    return kind == Kind.ERROR;
  }

  /** An int, the bits of a float, 1 for true, nanoseconds. */
  long number() {
    return number;
  }

  boolean isTrue() {
    return number != 0;
  }

  /** The number of an int or a float. */
  double floating() {
    return kind == Kind.INT ? number : Double.longBitsToDouble(number);
  }

  /** The bytes of a string, of bytes or of an id. */
  ByteRange content() {
    return content;
  }

  /** The values of a list or the entries of a map; {@code null} for a literal's. */
  @Nullable RangeCursor items() {
    return items;
  }

  /** The values of a literal list, as {@link PlainItems} makes them. */
  List<Object> literalItems() {
    return literalItems;
  }

  void nil() {
    kind = Kind.NIL;
  }

  void error() {
    kind = Kind.ERROR;
  }

  void bool(boolean value) {
    number(Kind.BOOL, value ? 1 : 0);
  }

  void floating(double value) {
    number(Kind.DOUBLE, Double.doubleToRawLongBits(value));
  }

  void number(Kind newKind, long value) {
    kind = newKind;
    number = value;
  }

  void string(byte[] text) {
    content(Kind.STRING, text, 0, text.length);
  }

  void string(ByteRange text) {
    content(Kind.STRING, text.bytes(), text.offset(), text.length());
  }

  void bytes(byte[] bytes) {
    content(Kind.BYTES, bytes, 0, bytes.length);
  }

  void content(Kind newKind, byte[] bytes, int offset, int length) {
    kind = newKind;
    content.wrap(bytes, offset, length);
  }

  void items(Kind newKind, RangeCursor cursor) {
    kind = newKind;
    items = cursor;
  }

  void list(List<Object> values) {
    kind = Kind.LIST;
    items = null;
    literalItems = values;
  }

  /** Takes over an attribute's value; an unset one is nil. */
  void any(AnyValueView value) {
    switch (value.kind()) {
      case STRING -> string(value.stringValue());
      case BOOL -> bool(value.boolValue());
      case INT -> number(Kind.INT, value.intValue());
      case DOUBLE -> floating(value.doubleValue());
      case ARRAY -> items(Kind.LIST, value.arrayValue());
      case KVLIST -> items(Kind.MAP, value.kvlistValue());
      case BYTES -> {
        ByteRange bytes = value.bytesValue();
        content(Kind.BYTES, bytes.bytes(), bytes.offset(), bytes.length());
      }
      case NOT_SET, STRING_STRINDEX -> nil();
    }
  }
}
