package io.millrace.processor.attributes;

import io.millrace.pdata.AnyValueCodec;
import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueView.Kind;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import io.millrace.processor.attributes.MatchConfig.Attribute;
import io.millrace.processor.attributes.MatchConfig.MatchType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attribute that has to be there, of which the first with the key counts. Confined to one
 * thread.
 */
final class AttributeCriterion {
  private final AttributeView view = new AttributeView();
  private final byte[] key;
  private final @Nullable Object value;
  private final @Nullable TextSet patterns;

  AttributeCriterion(Attribute attribute, MatchConfig config) {
    key = attribute.key().getBytes(StandardCharsets.UTF_8);
    boolean isPattern =
        config.matchType() == MatchType.REGEXP && attribute.value() instanceof String;
    patterns = isPattern ? TextSet.of(List.of((String) attribute.value()), config) : null;
    value = isPattern ? null : comparable(attribute.value());
  }

  /** A text as bytes, all else as {@link AnyValueCodec} decodes it. */
  private static @Nullable Object comparable(@Nullable Object value) {
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : narrow(value);
  }

  static List<AttributeCriterion> of(List<Attribute> attributes, MatchConfig config) {
    return attributes.stream().map(attribute -> new AttributeCriterion(attribute, config)).toList();
  }

  /** Returns whether all hold. */
  static boolean allMatch(List<AttributeCriterion> criteria, Attributes attributes) {
    for (AttributeCriterion criterion : criteria) {
      if (!criterion.matches(attributes.cursor())) {
        return false;
      }
    }
    return true;
  }

  /** Gives the attributes from the first on, as often as it is asked. */
  interface Attributes {
    RangeCursor cursor();
  }

  private boolean matches(RangeCursor attributes) {
    while (attributes.next(view)) {
      if (view.key().contentEquals(key)) {
        return matches(view.value());
      }
    }
    return false;
  }

  private boolean matches(AnyValueView actual) {
    if (patterns != null) {
      return matchesPattern(actual, patterns);
    }
    return value == null || equal(value, actual);
  }

  private static boolean matchesPattern(AnyValueView actual, TextSet patterns) {
    return switch (actual.kind()) {
      case STRING -> patterns.matches(actual.stringValue());
      case BOOL, INT -> patterns.matches(AnyValueText.of(actual));
      case DOUBLE -> patterns.matches(AnyValueText.plain(actual.doubleValue()));
      case NOT_SET, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> false;
    };
  }

  private static boolean equal(Object expected, AnyValueView actual) {
    return switch (expected) {
      case byte[] text -> actual.kind() == Kind.STRING && actual.stringValue().contentEquals(text);
      case Boolean bool -> actual.kind() == Kind.BOOL && actual.boolValue() == bool;
      case Long number -> actual.kind() == Kind.INT && actual.intValue() == number;
      case Double number -> actual.kind() == Kind.DOUBLE && actual.doubleValue() == number;
      default -> expected.equals(AnyValueCodec.decode(actual));
    };
  }

  /** A whole number beyond 64 bits with a sign keeps its low 64 bits, as everywhere in OTLP. */
  private static @Nullable Object narrow(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case BigInteger number -> number.longValue();
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(item -> items.add(narrow(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach(
            (entryKey, item) -> entries.put(Objects.requireNonNull(entryKey), narrow(item)));
        yield entries;
      }
      default -> value;
    };
  }
}
