package io.millrace.config;

import io.millrace.component.ComponentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration back into a tree that {@link TreeWriter} writes: merged, expanded and with
 * every default, so that it loads as the same configuration. Immutable.
 *
 * <p>Dollar signs are not escaped. What is absent and has no default stays absent.
 */
public final class PrintedConfig {
  private final Function<Secret, String> secrets;

  private PrintedConfig(Function<Secret, String> secrets) {
    this.secrets = secrets;
  }

  /** Shows every secret as {@code [REDACTED]}. */
  public static PrintedConfig redacted() {
    return new PrintedConfig(Secret::toString);
  }

  /** Shows secrets in the clear. */
  public static PrintedConfig unredacted() {
    return new PrintedConfig(Secret::value);
  }

  /** Returns the tree of the whole configuration, empty sections left out. */
  public Map<String, Object> tree(CollectorConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    addComponents(tree, Kind.RECEIVER, config.receivers());
    addComponents(tree, Kind.PROCESSOR, config.processors());
    addComponents(tree, Kind.EXPORTER, config.exporters());
    addComponents(tree, Kind.CONNECTOR, config.connectors());
    addComponents(tree, Kind.EXTENSION, config.extensions());
    tree.put("service", section(config.service()));
    return tree;
  }

  private void addComponents(
      Map<String, Object> tree, Kind kind, Map<ComponentId, ConfiguredComponent> components) {
    Map<String, Object> section = new LinkedHashMap<>();
    components.forEach((id, component) -> section.put(id.toString(), section(component.config())));
    if (!section.isEmpty()) {
      tree.put(kind.section(), section);
    }
  }

  private Map<String, Object> section(Record record) {
    Map<String, Object> section = new LinkedHashMap<>();
    RecordType.of(record.getClass())
        .components()
        .forEach((key, component) -> {
          Object value = RecordType.read(record, component);
          if (value != null) {
            section.put(key, present(value));
          }
        });
    return section;
  }

  private Object present(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case Number number -> number;
      case Secret secret -> secrets.apply(secret);
      case Duration duration -> GoDuration.format(duration);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case Record record when !TextValue.isText(record.getClass()) -> section(record);
      default -> value.toString();
    };
  }

  /** Lists and maps of settings that may be anything may hold nulls. */
  private @Nullable Object value(@Nullable Object value) {
    return value == null ? null : present(value);
  }

  private List<@Nullable Object> list(List<?> list) {
    List<@Nullable Object> items = new ArrayList<>();
    list.forEach(item -> items.add(value(item)));
    return items;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map.forEach((key, entry) -> entries.put(String.valueOf(key), value(entry)));
    return entries;
  }
}
