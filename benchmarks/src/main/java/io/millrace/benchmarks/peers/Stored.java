package io.millrace.benchmarks.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * What a backend has stored, as text: a line per sample, exemplar or log entry that holds all there
 * is to know of it, in no order of its own. Not thread safe.
 */
final class Stored {
  private final SortedSet<String> lines = new TreeSet<>();

  void add(String line) {
    lines.add(line);
  }

  int size() {
    return lines.size();
  }

  /** Returns the lines that only one of them has, marked by {@code -} and {@code +}. */
  static List<String> differences(Stored expected, Stored found) {
    List<String> differences = new ArrayList<>();
    expected.lines.stream()
        .filter(line -> !found.lines.contains(line))
        .forEach(line -> differences.add("  - " + line));
    found.lines.stream()
        .filter(line -> !expected.lines.contains(line))
        .forEach(line -> differences.add("  + " + line));
    return differences;
  }

  /** Parses an answer in JSON, which is YAML. */
  static Map<?, ?> json(String text) {
    return (Map<?, ?>) new Yaml().load(text);
  }

  /** Returns the list, or the map as a list of one, at a path of keys; empty if there is none. */
  static Collection<?> list(Map<?, ?> from, String... path) {
    Object value = from;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value instanceof Collection<?> list ? list : List.of();
  }

  /** Returns the entries in the order of their keys; none of what is no map. */
  static Map<String, Object> sorted(@Nullable Object map) {
    Map<String, Object> sorted = new TreeMap<>();
    if (map instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    }
    return sorted;
  }
}
