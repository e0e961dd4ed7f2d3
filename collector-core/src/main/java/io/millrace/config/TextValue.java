package io.millrace.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Types that are written as text: String, {@link Secret}, {@link Duration}, enums by their
 * lower-case names, and every type with a static {@code parse(String)}. Thread safe.
 */
final class TextValue {
  private TextValue() {}

  static boolean isText(Class<?> type) {
    return type == String.class
        || type == Secret.class
        || type == Duration.class
        || type.isEnum()
        || parseMethod(type) != null;
  }

  /**
   * Reads the text as a value of the type.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static Object of(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == Duration.class) {
      return GoDuration.parse(text);
    }
    return type.isEnum() ? constant(type, text) : parse(type, text);
  }

  /** Returns the names of an enum's constants in YAML; nothing for other types. */
  static List<String> names(Class<?> type) {
    if (!type.isEnum()) {
      return List.of();
    }
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Object constant(Class<?> type, String text) {
    int index = names(type).indexOf(text.toLowerCase(Locale.ROOT).replace('-', '_'));
    if (index < 0) {
      throw new IllegalArgumentException("\"" + text + "\"");
    }
    return type.getEnumConstants()[index];
  }

  private static Object parse(Class<?> type, String text) {
    Method parse = parseMethod(type);
    if (parse == null) {
      throw new IllegalStateException(type + " has no static parse(String)");
    }
    try {
      parse.setAccessible(true);
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException invalid) {
        throw invalid;
      }
      throw new IllegalStateException(parse.toString(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(parse.toString(), e);
    }
  }

  private static @Nullable Method parseMethod(Class<?> type) {
    try {
      Method parse = type.getDeclaredMethod("parse", String.class);
      boolean fits = Modifier.isStatic(parse.getModifiers()) && parse.getReturnType() == type;
      return fits ? parse : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
