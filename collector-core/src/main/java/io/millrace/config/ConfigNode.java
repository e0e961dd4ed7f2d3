package io.millrace.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of the configuration, which knows where it was written. Immutable. */
sealed interface ConfigNode {
  Position position();

  /** Returns whether a key stands here without a value. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.value() == null;
  }

  /** Returns the node under these keys; {@code null} when there is none. */
  default @Nullable ConfigNode find(String... keys) {
    ConfigNode node = this;
    for (String key : keys) {
      Entry entry = node instanceof Mapping mapping ? mapping.entries().get(key) : null;
      if (entry == null) {
        return null;
      }
      node = entry.value();
    }
    return node;
  }

  /**
   * A single value.
   *
   * @param value {@code null}, Boolean, Long, BigInteger, Double or String
   * @param text as it was written, without quotes
   * @param expression with a dollar sign that {@code text} was made of; {@code null} for a literal
   */
  record Scalar(Position position, @Nullable Object value, String text, @Nullable String expression)
      implements ConfigNode {

    /** Nothing, where something could stand. */
    static Scalar nothing(Position position) {
      return new Scalar(position, null, "", null);
    }

    /** A text: a string, or anything at all that an expression gave. */
    @Nullable String asText() {
      return expression != null || value instanceof String ? text : null;
    }
  }

  /** A list. */
  record Sequence(Position position, List<ConfigNode> items) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A map, in the order of the text. */
  record Mapping(Position position, Map<String, Entry> entries) implements ConfigNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Mapping empty(Position position) {
      return new Mapping(position, Map.of());
    }
  }

  /** What a map holds under one key. */
  record Entry(Position keyPosition, ConfigNode value) {}
}
