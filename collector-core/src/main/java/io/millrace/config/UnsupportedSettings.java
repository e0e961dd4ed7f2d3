package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out settings that the Go collector has and Millrace has no use for, with a warning each, so
 * that a configuration that names them still starts. Confined to the loading thread.
 */
final class UnsupportedSettings {
  static final String WARNING = "has no effect in Millrace";

  private static final String LOGS = "service.telemetry.logs.";
  private static final String PROMETHEUS =
      "service.telemetry.metrics.readers[].pull.exporter.prometheus.";
  private static final Set<String> PATHS =
      Set.of(
          "service.telemetry.traces",
          "service.telemetry.metrics.readers[].periodic",
          "service.telemetry.metrics.views",
          PROMETHEUS + "with_resource_constant_labels",
          PROMETHEUS + "without_scope_info",
          PROMETHEUS + "without_units",
          LOGS + "development",
          LOGS + "error_output_paths",
          LOGS + "processors");

  private final Problems problems;

  UnsupportedSettings(Problems problems) {
    this.problems = problems;
  }

  /** Returns the node without them; {@code place} is where it stands. */
  ConfigNode removedFrom(ConfigNode node, Place place) {
    return switch (node) {
      case Mapping mapping -> removedFrom(mapping, place);
      case Sequence sequence -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
          items.add(removedFrom(item, place.item(items.size(), item.position())));
        }
        yield new Sequence(sequence.position(), items);
      }
      case ConfigNode.Scalar scalar -> scalar;
    };
  }

  private Mapping removedFrom(Mapping mapping, Place place) {
    Map<String, Entry> kept = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, entry) -> {
          Place at = place.key(key, entry.keyPosition());
          if (PATHS.contains(at.path().replaceAll("\\[\\d+]", "[]"))) {
            problems.warn(at, WARNING);
          } else {
            kept.put(key, new Entry(entry.keyPosition(), removedFrom(entry.value(), at)));
          }
        });
    return new Mapping(mapping.position(), kept);
  }
}
