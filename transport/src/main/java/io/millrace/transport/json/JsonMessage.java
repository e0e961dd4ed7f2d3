package io.millrace.transport.json;

import io.millrace.wire.WireType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message type: its fields by name and by number. Immutable once the schema is read. */
final class JsonMessage {
  /** No field of OTLP has a larger number. */
  static final int NUMBER_MAX = 16;

  private final String name;
  private final List<JsonField> fields = new ArrayList<>();
  private final List<JsonField> allFields = Collections.unmodifiableList(fields);
  private final @Nullable JsonField[] numbers = new JsonField[NUMBER_MAX + 1];
  private final Map<String, JsonField> spellings = new HashMap<>();

  JsonMessage(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  List<JsonField> fields() {
    return allFields;
  }

  /** Returns the field that the tag is of; null when it is of none, or of another wire type. */
  @Nullable JsonField field(int tag) {
    int number = WireType.fieldNumber(tag);
    JsonField field = number > NUMBER_MAX ? null : numbers[number];
    return field == null || !field.accepts(tag) ? null : field;
  }

  /** Returns the field of that name, in lowerCamelCase or as in the proto, or null. */
  @Nullable JsonField field(String spelling) {
    return spellings.get(spelling);
  }

  void add(JsonField field) {
    fields.add(field);
    numbers[field.number()] = field;
    spellings.put(field.name(), field);
    spellings.put(snakeCase(field.name()), field);
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
