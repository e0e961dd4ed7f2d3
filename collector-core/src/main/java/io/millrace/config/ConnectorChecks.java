package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that connectors lead from pipelines to pipelines of the same signal, and never back to
 * where they came from. Works on nodes, like {@link ReferenceChecks}. Confined to the loading
 * thread.
 */
final class ConnectorChecks {
  /** One end of a connector: the pipeline that lists it, and where. */
  private record End(PipelineId pipeline, ComponentId connector, Place place) {
    boolean joins(End other) {
      return connector.equals(other.connector) && pipeline.signal() == other.pipeline.signal();
    }
  }

  private final ComponentSection connectors;
  private final Problems problems;

  /** Where pipelines list connectors as exporters. */
  private final List<End> entries = new ArrayList<>();

  /** Where pipelines list connectors as receivers. */
  private final List<End> exits = new ArrayList<>();

  ConnectorChecks(ComponentSection connectors, Problems problems) {
    this.connectors = connectors;
    this.problems = problems;
  }

  /** Checks the service section, which stands at {@code place}. */
  void check(ConfigNode service, Place place) {
    if (!(service.find("pipelines") instanceof Mapping pipelines)) {
      return;
    }
    Place at = place.key("pipelines", null);
    pipelines
        .entries()
        .forEach((key, entry) -> {
          collect(key, entry, Kind.EXPORTER, at.key(key, null), entries);
          collect(key, entry, Kind.RECEIVER, at.key(key, null), exits);
        });
    refuseLooseEnds(entries, exits, Kind.EXPORTER, Kind.RECEIVER);
    refuseLooseEnds(exits, entries, Kind.RECEIVER, Kind.EXPORTER);
    refuseCycles();
  }

  private void collect(String pipeline, Entry entry, Kind kind, Place place, List<End> ends) {
    PipelineId id = pipelineId(pipeline);
    ConfigNode list = entry.value().find(kind.section());
    List<ConfigNode> items = list == null ? null : ValueBinder.items(ComponentId.class, list);
    for (int i = 0; id != null && items != null && i < items.size(); i++) {
      Place at = place.key(kind.section(), null).item(i, items.get(i).position());
      declared(items.get(i)).forEach(connector -> ends.add(new End(id, connector, at)));
    }
  }

  private Stream<ComponentId> declared(ConfigNode item) {
    String text = item instanceof Scalar scalar ? scalar.asText() : null;
    return connectors.declared().stream().filter(id -> id.toString().equals(text));
  }

  /** Returns the id; {@code null} when it is none, which the binder has said. */
  private static @Nullable PipelineId pipelineId(String text) {
    try {
      return PipelineId.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void refuseLooseEnds(List<End> ends, List<End> others, Kind used, Kind missing) {
    for (End end : ends) {
      if (others.stream().noneMatch(end::joins)) {
        problems.error(
            end.place,
            "connector \"%s\" used as %s in [%s] pipeline but not used in any supported %s pipeline"
                .formatted(end.connector, used.noun(), end.pipeline, missing.noun()),
            "a pipeline of %s with it among its %s"
                .formatted(end.pipeline.signal().id(), missing.section()));
      }
    }
  }

  private void refuseCycles() {
    Set<PipelineId> reported = new HashSet<>();
    for (End entry : entries) {
      List<End> way = wayBack(entry, entry.pipeline, new HashSet<>());
      if (!way.isEmpty() && !reported.contains(entry.pipeline)) {
        StringBuilder cycle = new StringBuilder();
        way.forEach(end -> {
          reported.add(end.pipeline);
          cycle.append(end.pipeline).append(" -> ").append(end.connector).append(" -> ");
        });
        problems.error(
            entry.place,
            "cycle detected: " + cycle + entry.pipeline,
            "pipelines that end at exporters");
      }
    }
  }

  /** Returns the entries on the way to {@code goal}, from this one on; none without a way. */
  private List<End> wayBack(End entry, PipelineId goal, Set<End> seen) {
    if (!seen.add(entry)) {
      return List.of();
    }
    for (End exit : exits.stream().filter(entry::joins).toList()) {
      if (exit.pipeline.equals(goal)) {
        return List.of(entry);
      }
      for (End next : entries) {
        List<End> rest =
            next.pipeline.equals(exit.pipeline) ? wayBack(next, goal, seen) : List.of();
        if (!rest.isEmpty()) {
          return Stream.concat(Stream.of(entry), rest.stream()).toList();
        }
      }
    }
    return List.of();
  }
}
