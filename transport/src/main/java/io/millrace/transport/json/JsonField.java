package io.millrace.transport.json;

import io.millrace.wire.WireType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a message. Immutable.
 *
 * @param name in JSON, lowerCamelCase
 * @param content what a message holds; null for every other type
 * @param names the numbers of an enum by name; empty for every other type
 */
record JsonField(
    String name,
    int number,
    FieldType type,
    boolean isRepeated,
    @Nullable JsonMessage content,
    Map<String, Integer> names) {
  /** The tag of one value; of a packed list, of the whole. */
  int tag() {
    int wireType = isRepeated && type.isPacked() ? WireType.LENGTH_DELIMITED : type.wireType();
    return (number << 3) | wireType;
  }
}
