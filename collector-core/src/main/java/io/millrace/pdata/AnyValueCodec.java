package io.millrace.pdata;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.ArrayValue;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.pdata.CommonTags.KeyValueList;
import io.millrace.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an encoded {@code AnyValue} of a Java object, and the other way round: {@code null},
 * Boolean, Long (on the way in any whole number), Double, String, {@code byte[]}, List and Map with
 * keys of text. For settings and rare cases; allocates. Thread safe.
 */
public final class AnyValueCodec {
  private static final int CAPACITY = 64;

  private AnyValueCodec() {}

  /**
   * Encodes a value, as the content of a value field.
   *
   * @throws IllegalArgumentException for an object of any other type
   */
  public static byte[] encode(@Nullable Object value) {
    WireWriter out = new WireWriter(CAPACITY);
    write(value, out);
    return out.take();
  }

  private static void write(@Nullable Object value, WireWriter out) {
    switch (value) {
      case null -> {}
      case String text -> out.writeString(AnyValue.STRING_VALUE, text);
      case Boolean bool -> out.writeVarint64(AnyValue.BOOL_VALUE, bool ? 1 : 0);
      case Double number ->
          out.writeFixed64(AnyValue.DOUBLE_VALUE, Double.doubleToRawLongBits(number));
      case Number whole -> out.writeVarint64(AnyValue.INT_VALUE, whole.longValue());
      case byte[] bytes -> out.writeBytes(AnyValue.BYTES_VALUE, bytes, 0, bytes.length);
      case List<?> list -> writeList(list, out);
      case Map<?, ?> map -> writeMap(map, out);
      default ->
          throw new IllegalArgumentException(
              "value: " + value.getClass().getName() + " (expected: text, number, list, map)");
    }
  }

  private static void writeList(List<?> list, WireWriter out) {
    int whole = out.mark();
    for (Object item : list.reversed()) {
      int mark = out.mark();
      write(item, out);
      out.endMessage(ArrayValue.VALUES, mark);
    }
    out.endMessage(AnyValue.ARRAY_VALUE, whole);
  }

  private static void writeMap(Map<?, ?> map, WireWriter out) {
    int whole = out.mark();
    for (Map.Entry<?, ?> entry : List.copyOf(map.entrySet()).reversed()) {
      int pair = out.mark();
      int mark = out.mark();
      write(entry.getValue(), out);
      out.endMessage(KeyValue.VALUE, mark);
      out.writeString(KeyValue.KEY, (String) entry.getKey());
      out.endMessage(KeyValueList.VALUES, pair);
    }
    out.endMessage(AnyValue.KVLIST_VALUE, whole);
  }

  /** Decodes a value; of a key that stands twice in a map the last value counts. */
  public static @Nullable Object decode(AnyValueView value) {
    return switch (value.kind()) {
      case NOT_SET -> null;
      case STRING -> value.stringValue().utf8();
      case BOOL -> value.boolValue();
      case INT -> value.intValue();
      case DOUBLE -> value.doubleValue();
      case BYTES -> value.bytesValue().copy();
      case STRING_STRINDEX -> (long) value.stringValueStrindex();
      case ARRAY -> list(value.arrayValue());
      case KVLIST -> map(value.kvlistValue());
    };
  }

  private static List<@Nullable Object> list(RangeCursor values) {
    List<@Nullable Object> list = new ArrayList<>();
    AnyValueView item = new AnyValueView();
    while (values.next(item)) {
      list.add(decode(item));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(RangeCursor entries) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    AttributeView entry = new AttributeView();
    while (entries.next(entry)) {
      map.put(entry.key().utf8(), decode(entry.value()));
    }
    return map;
  }
}
