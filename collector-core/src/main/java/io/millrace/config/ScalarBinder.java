package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.component.ExtensionId;
import io.millrace.config.ConfigNode.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a scalar into a boolean, a number or a {@link TextValue}.
 *
 * <p>No type is bent into another: {@code "true"} is no boolean and {@code 23} no string; only an
 * expression's text serves as either. Confined to the loading thread.
 */
final class ScalarBinder {
  private static final Map<Class<?>, String> EXPECTED =
      Map.ofEntries(
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(int.class, "a whole number of 32 bits"),
          Map.entry(Integer.class, "a whole number of 32 bits"),
          Map.entry(long.class, "a whole number"),
          Map.entry(Long.class, "a whole number"),
          Map.entry(double.class, "a number"),
          Map.entry(Double.class, "a number"),
          Map.entry(String.class, "a string"),
          Map.entry(Secret.class, "a string"),
          Map.entry(Duration.class, GoDuration.EXPECTED),
          Map.entry(ComponentId.class, "type or type/name"),
          Map.entry(ExtensionId.class, "type or type/name"),
          Map.entry(PipelineId.class, "traces, metrics or logs, alone or with /name"),
          Map.entry(List.class, "a list"),
          Map.entry(Map.class, "a map"));

  private final Problems problems;

  ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  /** Returns the value; {@code null} after reporting why there is none. */
  @Nullable Object bind(Class<?> type, ConfigNode node, Place place) {
    if (!(node instanceof Scalar scalar)) {
      refuse(type, node, place);
      return null;
    }
    if (TextValue.isText(type)) {
      return text(type, scalar, place);
    }
    if (!EXPECTED.containsKey(type)) {
      throw new IllegalStateException(place.path() + ": a setting cannot be a " + type);
    }
    Object value = plain(type, scalar.value());
    if (value == null) {
      refuse(type, scalar, place);
    }
    return value;
  }

  private static @Nullable Object plain(Class<?> type, @Nullable Object value) {
    if (type == boolean.class || type == Boolean.class) {
      return value instanceof Boolean ? value : null;
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    if (type == double.class || type == Double.class) {
      return number.doubleValue();
    }
    if (type == long.class || type == Long.class) {
      return whole(number);
    }
    return narrow(number);
  }

  private static @Nullable Integer narrow(Number number) {
    Long whole = whole(number);
    return whole != null && whole == whole.intValue() ? Integer.valueOf(whole.intValue()) : null;
  }

  /** A whole number may also be written as {@code 1e6}. */
  private static @Nullable Long whole(Number number) {
    if (number instanceof Double fraction && !Double.isFinite(fraction)) {
      return null;
    }
    try {
      return new BigDecimal(number.toString()).longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private @Nullable Object text(Class<?> type, Scalar scalar, Place place) {
    if (type == Duration.class && Long.valueOf(0).equals(scalar.value())) {
      return Duration.ZERO;
    }
    String text = scalar.asText();
    if (text == null) {
      refuse(type, scalar, place);
      return null;
    }
    try {
      return TextValue.of(type, text);
    } catch (IllegalArgumentException e) {
      refuse(type, scalar, place);
      return null;
    }
  }

  private void refuse(Class<?> type, ConfigNode node, Place place) {
    boolean isSecret = type == Secret.class && node instanceof Scalar;
    String found = isSecret ? "found what is no string" : "found " + Found.describe(node);
    String text = node instanceof Scalar scalar ? scalar.text() : "";
    problems.error(place, found, expected(type, node), nearest(type, text));
  }

  private static @Nullable String nearest(Class<?> type, String text) {
    return type == PipelineId.class
        ? NearestName.ofId(text, PipelineId.SIGNALS)
        : NearestName.of(text, TextValue.names(type));
  }

  private static String expected(Class<?> type, ConfigNode node) {
    boolean isString = type == String.class || type == Secret.class;
    boolean wantsQuotes = isString && node instanceof Scalar && !node.isNothing();
    return wantsQuotes ? "a string, in quotes" : expected(type);
  }

  /** Says in words what values of the type look like. */
  static String expected(Class<?> type) {
    return type.isEnum()
        ? String.join(", ", TextValue.names(type))
        : EXPECTED.getOrDefault(type, "a value");
  }
}
