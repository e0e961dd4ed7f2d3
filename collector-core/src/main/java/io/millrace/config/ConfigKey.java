package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.component.ExtensionId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that YAML may have, as a reference shows it. Immutable.
 *
 * @param path from the section down, such as {@code tls.ca_file} or {@code readers[].pull}
 * @param owner the record that has the key
 * @param component the record's component
 * @param type what the key binds to
 * @param isRequired whether there is no default, and nothing works without a value
 * @param value the default; {@code null} for none
 */
public record ConfigKey(
    String path,
    Class<?> owner,
    String component,
    Type type,
    boolean isRequired,
    @Nullable Object value) {
  private static final Map<Class<?>, String> WORDS =
      Map.ofEntries(
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(String.class, "string"),
          Map.entry(Secret.class, "secret"),
          Map.entry(Duration.class, "duration"),
          Map.entry(ComponentId.class, "component id"),
          Map.entry(ExtensionId.class, "extension id"),
          Map.entry(PipelineId.class, "pipeline id"),
          Map.entry(Object.class, "anything"));

  /** Returns the type in a user's words, such as {@code list of duration}. */
  public String typeName() {
    return name(type);
  }

  /** Returns the default as YAML writes it; empty for none. */
  public String defaultText() {
    return value == null ? "" : text(value);
  }

  private static String name(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() != ExtensionId.class) {
      Type[] arguments = generic.getActualTypeArguments();
      Type last = arguments[arguments.length - 1];
      return (generic.getRawType() == List.class ? "list of " : "map of ") + name(last);
    }
    Class<?> plain = RecordType.raw(type);
    if (plain.isEnum()) {
      return String.join(", ", TextValue.names(plain));
    }
    String word = plain.isRecord() && !TextValue.isText(plain) ? "section" : "string";
    return WORDS.getOrDefault(plain, word);
  }

  private static String text(Object value) {
    return switch (value) {
      case String string -> string.isEmpty() ? "\"\"" : string;
      case Secret secret when secret.value().isEmpty() -> "\"\"";
      case Duration duration -> GoDuration.format(duration);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case List<?> list ->
          list.stream().map(ConfigKey::text).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
              .sorted()
              .collect(Collectors.joining(", ", "{", "}"));
      case Record record when !TextValue.isText(record.getClass()) -> section(record);
      default -> value.toString();
    };
  }

  private static String section(Record record) {
    return RecordType.of(record.getClass()).components().entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), read(record, entry)))
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String read(Record record, Map.Entry<String, RecordComponent> entry) {
    Object value = RecordType.read(record, entry.getValue());
    return value == null ? "" : text(value);
  }
}
