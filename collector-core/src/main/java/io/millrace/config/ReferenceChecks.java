package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what refers to what: pipelines and {@code service.extensions} name configured components,
 * each once; a connector stands in the place of a receiver or exporter. Works on nodes, since what
 * could not be bound has a position too. Confined to the loading thread.
 */
final class ReferenceChecks {
  private static final List<Kind> PIPELINE_KINDS =
      List.of(Kind.RECEIVER, Kind.PROCESSOR, Kind.EXPORTER);

  private final Collection<ComponentSection> sections;
  private final Problems problems;

  ReferenceChecks(Collection<ComponentSection> sections, Problems problems) {
    this.sections = sections;
    this.problems = problems;
  }

  /** Checks the service section, which stands at {@code place}. */
  void check(ConfigNode service, Place place) {
    references(section(Kind.EXTENSION), service, place);
    ConfigNode pipelines = service.find("pipelines");
    Place at = key(service, "pipelines", place);
    if (pipelines instanceof Mapping mapping) {
      mapping.entries().forEach((id, entry) -> pipeline(entry.value(), key(mapping, id, at)));
    }
    if (!(pipelines instanceof Mapping mapping && !mapping.entries().isEmpty())) {
      report(at, "no pipeline", "at least one");
    }
    sections.forEach(this::warnOfUnused);
  }

  private void pipeline(ConfigNode pipeline, Place place) {
    for (Kind kind : PIPELINE_KINDS) {
      boolean isEmpty = references(section(kind), pipeline, place) == 0;
      if (isEmpty && kind != Kind.PROCESSOR) {
        report(key(pipeline, kind.section(), place), "no " + kind.noun(), "at least one");
      }
    }
  }

  /** Checks the owner's list of this kind, and returns its length. */
  private int references(ComponentSection section, ConfigNode owner, Place place) {
    String key = section.kind().section();
    ConfigNode list = owner.find(key);
    List<ConfigNode> items = list == null ? null : ValueBinder.items(ComponentId.class, list);
    Set<ComponentId> seen = new HashSet<>();
    for (int i = 0; items != null && i < items.size(); i++) {
      ConfigNode item = items.get(i);
      Place at = key(owner, key, place).item(i, item.position());
      ComponentId id = id(item);
      if (id != null && !seen.add(id)) {
        problems.error(at, section.kind().noun() + " " + id + " is listed twice", "each once");
      } else if (id != null) {
        reference(section, id, at);
      }
    }
    return items == null ? 0 : items.size();
  }

  private void reference(ComponentSection section, ComponentId id, Place place) {
    section.use(id);
    if (section.declares(id) && connects(section.kind(), id)) {
      problems.error(
          place,
          "\"" + id + "\" is " + section.kind().article() + " and a connector",
          "one of them, under another name");
      return;
    }
    if (connects(section.kind(), id)) {
      section(Kind.CONNECTOR).use(id);
      return;
    }
    if (section.declares(id) || problems.isMisspelled(section.kind().section())) {
      return;
    }
    String elsewhere =
        sections.stream()
            .filter(other -> other.declares(id))
            .findFirst()
            .map(other -> "; it is " + other.kind().article())
            .orElse("");
    List<String> ids = section.declared().stream().map(ComponentId::toString).toList();
    problems.error(
        place,
        section.kind().noun() + " \"" + id + "\" is not configured" + elsewhere,
        ids.isEmpty() ? "a section " + section.kind().section() : String.join(", ", ids),
        NearestName.of(id.toString(), ids));
  }

  /** Returns whether the id is a connector where a connector may stand. */
  private boolean connects(Kind kind, ComponentId id) {
    return (kind == Kind.RECEIVER || kind == Kind.EXPORTER) && section(Kind.CONNECTOR).declares(id);
  }

  private void warnOfUnused(ComponentSection section) {
    section.unused().forEach((id, place) -> problems.warn(place, "configured, but not used"));
  }

  private void report(Place place, String message, String expected) {
    if (!problems.isReported(place.path()) && !problems.isMisspelled("service")) {
      problems.error(place, message, expected);
    }
  }

  private ComponentSection section(Kind kind) {
    return sections.stream().filter(section -> section.kind() == kind).findFirst().orElseThrow();
  }

  /** Returns the id; {@code null} when it is none, which the binder has said. */
  private static @Nullable ComponentId id(ConfigNode item) {
    String text = item instanceof Scalar scalar ? scalar.asText() : null;
    try {
      return text == null ? null : ComponentId.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns the place of a key; the owner's when it does not have that key. */
  private static Place key(ConfigNode owner, String key, Place place) {
    Map<String, Entry> entries = owner instanceof Mapping map ? map.entries() : Map.of();
    Entry entry = entries.get(key);
    return place.key(key, entry == null ? place.position() : entry.keyPosition());
  }
}
