package io.millrace.config;

import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import io.millrace.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes as Java's own values, for settings that may be anything. Thread safe. */
final class PlainValue {
  private PlainValue() {}

  /** Returns {@code null}, Boolean, Long, BigInteger, Double, String, or a List or Map of these. */
  static @Nullable Object of(ConfigNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.value();
      case Sequence sequence -> list(sequence);
      case Mapping mapping -> map(mapping);
    };
  }

  private static List<@Nullable Object> list(Sequence sequence) {
    List<@Nullable Object> items = new ArrayList<>();
    sequence.items().forEach(item -> items.add(of(item)));
    return items;
  }

  private static Map<String, @Nullable Object> map(Mapping mapping) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    mapping.entries().forEach((key, entry) -> entries.put(key, of(entry.value())));
    return entries;
  }
}
