package io.millrace.config;

import io.millrace.component.ExtensionId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists every key of a section, those of nested sections included, in the order of the records.
 *
 * <p>A section that contains itself is listed down to where it repeats. Confined to one thread.
 */
public final class ConfigKeys {
  private final List<ConfigKey> keys = new ArrayList<>();
  private final Set<Class<?>> open = new HashSet<>();

  private ConfigKeys() {}

  /**
   * Returns the keys.
   *
   * @param defaults what holds where YAML says nothing; {@code null} for the record's own
   */
  public static List<ConfigKey> of(Class<?> section, @Nullable Record defaults) {
    ConfigKeys all = new ConfigKeys();
    all.add("", section, defaults);
    return List.copyOf(all.keys);
  }

  private void add(String prefix, Class<?> section, @Nullable Record defaults) {
    if (!open.add(section)) {
      return;
    }
    RecordType type = RecordType.of(section);
    Record below = defaults == null ? type.defaults() : defaults;
    type.components().forEach((key, component) -> add(prefix + key, component, section, below));
    open.remove(section);
  }

  private void add(
      String path, RecordComponent component, Class<?> section, @Nullable Record below) {
    Type type = component.getGenericType();
    Object value =
        below == null ? RecordBinder.blank(component) : RecordType.read(below, component);
    boolean isSection = isSection(type);
    boolean isRequired = value == null && !isSection && !RecordType.isNullable(component);
    keys.add(
        new ConfigKey(
            path, section, component.getName(), type, isRequired, isSection ? null : value));
    addNested(path, type, value);
  }

  private void addNested(String path, Type type, @Nullable Object value) {
    if (type instanceof ParameterizedType generic && generic.getRawType() != ExtensionId.class) {
      Type[] arguments = generic.getActualTypeArguments();
      String step = generic.getRawType() == List.class ? "[]" : ".<name>";
      addNested(path + step, arguments[arguments.length - 1], null);
    } else if (isSection(type)) {
      add(path + ".", (Class<?>) type, (Record) value);
    }
  }

  private static boolean isSection(Type type) {
    return type instanceof Class<?> plain && plain.isRecord() && !TextValue.isText(plain);
  }
}
