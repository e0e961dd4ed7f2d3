package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lays one configuration over another: maps merge key by key, everything else is replaced, by a
 * list as by nothing. Each value keeps its own position. Thread safe.
 */
final class ConfigMerge {
  private ConfigMerge() {}

  static Mapping merge(Mapping below, Mapping above) {
    Map<String, Entry> merged = new LinkedHashMap<>(below.entries());
    above.entries().forEach((key, entry) -> merged.merge(key, entry, ConfigMerge::entry));
    return new Mapping(above.position(), merged);
  }

  private static Entry entry(Entry below, Entry above) {
    boolean areMaps = below.value() instanceof Mapping && above.value() instanceof Mapping;
    return areMaps
        ? new Entry(above.keyPosition(), merge((Mapping) below.value(), (Mapping) above.value()))
        : above;
  }
}
