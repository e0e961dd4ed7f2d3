package io.millrace.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration record's keys, and the way in and out by reflection.
 *
 * <p>A record may have a constant {@code DEFAULT} of its own type, and a set of names {@code
 * WITHOUT_EFFECT}: keys that the Go collector has and Millrace has no use for, which are taken with
 * a warning each. Immutable.
 *
 * @param components by the key in YAML
 */
record RecordType(Class<? extends Record> type, Map<String, RecordComponent> components) {
  static RecordType of(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(SnakeCase.of(component.getName()), component);
    }
    return new RecordType(type.asSubclass(Record.class), components);
  }

  Set<String> keys() {
    return components.keySet();
  }

  /** Returns what stands in the record's constant {@code WITHOUT_EFFECT}. */
  Set<String> keysWithoutEffect() {
    Object keys = constant("WITHOUT_EFFECT");
    return keys instanceof Set<?> set
        ? set.stream().map(String.class::cast).collect(Collectors.toSet())
        : Set.of();
  }

  /** Returns whether a secret may stand anywhere in the record. */
  boolean hasSecrets() {
    return hasSecrets(type, new HashSet<>());
  }

  private static boolean hasSecrets(Type type, Set<Type> seen) {
    return switch (type) {
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).anyMatch(t -> hasSecrets(t, seen));
      case Class<?> plain when plain.isRecord() && seen.add(plain) ->
          Arrays.stream(plain.getRecordComponents())
              .anyMatch(component -> hasSecrets(component.getGenericType(), seen));
      default -> type == Secret.class;
    };
  }

  /** Returns the class without its type arguments. */
  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Returns the record's constant {@code DEFAULT}; {@code null} without one. */
  @Nullable Record defaults() {
    return constant("DEFAULT") instanceof Record defaults && type.isInstance(defaults)
        ? defaults
        : null;
  }

  private @Nullable Object constant(String name) {
    try {
      Field constant = type.getDeclaredField(name);
      constant.setAccessible(true);
      return Modifier.isStatic(constant.getModifiers()) ? constant.get(null) : null;
    } catch (NoSuchFieldException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(type + "." + name, e);
    }
  }

  static @Nullable Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("reading " + component, e);
    }
  }

  /**
   * Runs the validating constructor.
   *
   * @throws IllegalArgumentException whatever the constructor threw of this kind
   */
  Record create(@Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException invalid) {
        throw invalid;
      }
      throw new IllegalStateException("creating " + type, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("creating " + type, e);
    }
  }
}
