package io.millrace.transport.json;

import io.millrace.wire.WireType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a message. Immutable.
 *
 * @param name in JSON, lowerCamelCase
 * @param isChoice whether it is one of the message's {@code oneof}, of which no message has two
 * @param content what a message holds; null for every other type
 * @param names the numbers of an enum by name; empty for every other type
 */
record JsonField(
    String name,
    int number,
    FieldType type,
    boolean isRepeated,
    boolean isChoice,
    @Nullable JsonMessage content,
    Map<String, Integer> names) {
  /** What a message holds. */
  JsonMessage message() {
    if (content == null) {
      throw new IllegalStateException(name + ": " + type + " (expected: a message)");
    }
    return content;
  }

  /** Returns whether a field of this number and that wire type is it, packed or not. */
  boolean accepts(int tag) {
    return tag == tag() || tag == ((number << 3) | type.wireType());
  }

  /** The tag of one value; of a packed list, of the whole. */
  int tag() {
    int wireType = isRepeated && type.isPacked() ? WireType.LENGTH_DELIMITED : type.wireType();
    return (number << 3) | wireType;
  }
}
