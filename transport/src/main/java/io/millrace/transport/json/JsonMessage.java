package io.millrace.transport.json;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message type: its fields by name. Immutable once the schema is read. */
final class JsonMessage {
  private final String name;
  private final Map<String, JsonField> fields = new LinkedHashMap<>();
  private final Map<String, JsonField> spellings = new HashMap<>();

  JsonMessage(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Collection<JsonField> fields() {
    return fields.values();
  }

  /** Returns the field of that name, in lowerCamelCase or as in the proto, or null. */
  @Nullable JsonField field(String spelling) {
    return spellings.get(spelling);
  }

  void add(JsonField field) {
    fields.put(field.name(), field);
    spellings.put(field.name(), field);
    spellings.put(snakeCase(field.name()), field);
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
