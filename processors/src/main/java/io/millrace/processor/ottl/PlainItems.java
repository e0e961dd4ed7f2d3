package io.millrace.processor.ottl;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists and maps as plain objects, whose {@code equals} is OTTL's: an int is no float, the order of
 * a map's entries does not count, NaN is unequal to itself. Decodes and allocates; a condition that
 * compares whole lists is rare enough.
 */
final class PlainItems {
  private static final Object NIL = new Object();

  private PlainItems() {}

  /** Returns whether two lists or two maps hold the same. */
  static boolean equal(Value a, Value b) {
    Object left = of(a);
    // both sides may be the same list, whose cursor has just been read to its end
    boolean same = a.items() != null && a.items() == b.items();
    return same || left.equals(of(b));
  }

  /** Returns the literal's value as an item of a literal list. */
  static Object literal(Value value) {
    return switch (value.kind()) {
      case BOOL -> value.isTrue();
      case INT -> value.number();
      case DOUBLE -> floating(value.floating());
      case STRING -> value.content().utf8();
      case BYTES -> ByteBuffer.wrap(value.content().copy());
      case LIST -> value.literalItems();
      default -> NIL;
    };
  }

  private static Object of(Value value) {
    @Nullable RangeCursor items = value.items();
    if (items == null) {
      return value.literalItems();
    }
    return value.kind() == Kind.LIST ? list(items) : map(items);
  }

  private static List<Object> list(RangeCursor values) {
    List<Object> list = new ArrayList<>();
    AnyValueView value = new AnyValueView();
    while (values.next(value)) {
      list.add(any(value));
    }
    return list;
  }

  /** Of equal keys the first counts, as for an index. */
  private static Map<String, Object> map(RangeCursor entries) {
    Map<String, Object> map = new HashMap<>();
    AttributeView entry = new AttributeView();
    while (entries.next(entry)) {
      map.putIfAbsent(entry.key().utf8(), any(entry.value()));
    }
    return map;
  }

  private static Object any(AnyValueView value) {
    return switch (value.kind()) {
      case STRING -> value.stringValue().utf8();
      case BOOL -> value.boolValue();
      case INT -> value.intValue();
      case DOUBLE -> floating(value.doubleValue());
      case ARRAY -> list(value.arrayValue());
      case KVLIST -> map(value.kvlistValue());
      case BYTES -> ByteBuffer.wrap(value.bytesValue().copy());
      case NOT_SET, STRING_STRINDEX -> NIL;
    };
  }

  private static Object floating(double value) {
    return Double.isNaN(value) ? new Object() : value + 0.0; // makes the zeros one
  }
}
