package io.millrace.config;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ComponentId;
import io.millrace.component.ProcessorFactory;
import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One section of components, such as {@code exporters}: finds each one's factory and binds its
 * record. Confined to the loading thread.
 */
final class ComponentSection {
  private final Kind kind;
  private final Map<String, ComponentFactory<?>> factories = new TreeMap<>();
  private final Map<ComponentId, Place> declared = new LinkedHashMap<>();
  private final Map<ComponentId, ConfigNode> nodes = new HashMap<>();
  private final Set<ComponentId> used = new HashSet<>();
  private final Map<ComponentId, ConfiguredComponent> components = new LinkedHashMap<>();
  private final Problems problems;
  private final List<ExtensionUse> bound = new ArrayList<>();
  private final Map<ComponentId, List<ExtensionUse>> extensionUses = new LinkedHashMap<>();
  private final RecordBinder records;

  ComponentSection(
      Kind kind,
      Collection<? extends ComponentFactory<?>> all,
      ProcessMemory memory,
      Problems problems) {
    this.kind = kind;
    this.problems = problems;
    this.records = new RecordBinder(problems, bound, memory);
    for (ComponentFactory<?> factory : all) {
      if (Kind.of(factory) == kind) {
        factories.put(factory.type(), factory);
        factory.aliases().forEach(alias -> factories.put(alias, factory));
        factory.formerTypes().forEach(former -> factories.put(former, factory));
      }
    }
  }

  Kind kind() {
    return kind;
  }

  /** Returns the ids that the section names, also those whose configuration is at fault. */
  Set<ComponentId> declared() {
    return declared.keySet();
  }

  boolean declares(ComponentId id) {
    return declared.containsKey(id);
  }

  /** Returns the factory of a declared component; {@code null} when its type is unknown. */
  @Nullable ComponentFactory<?> factory(ComponentId id) {
    return factories.get(id.type());
  }

  /** Notes that something refers to the id. */
  void use(ComponentId id) {
    used.add(id);
  }

  boolean isUsed(ComponentId id) {
    return used.contains(id);
  }

  /** Returns what extensions each component names, also where its configuration is at fault. */
  Map<ComponentId, List<ExtensionUse>> extensionUses() {
    return extensionUses;
  }

  /** Returns what nothing refers to, and where it is. */
  Map<ComponentId, Place> unused() {
    Map<ComponentId, Place> unused = new LinkedHashMap<>(declared);
    unused.keySet().removeAll(used);
    return unused;
  }

  /** Returns what could be bound. */
  Map<ComponentId, ConfiguredComponent> components() {
    return components;
  }

  void bind(Mapping section, Place place) {
    section
        .entries()
        .forEach((text, entry) -> component(text, entry, place.key(text, entry.keyPosition())));
  }

  private void component(String text, Entry entry, Place place) {
    ComponentId id;
    try {
      id = ComponentId.parse(text);
    } catch (IllegalArgumentException e) {
      problems.error(place, "no component id", "type or type/name");
      return;
    }
    if (declared.putIfAbsent(id, place) != null) {
      problems.error(
          place, "the " + kind.noun() + " " + id + " is configured twice", "one of them");
      return;
    }
    nodes.put(id, entry.value());
    ComponentFactory<?> factory = factories.get(id.type());
    if (factory == null) {
      refuseUnknownType(id, place);
      return;
    }
    if (factory.formerTypes().contains(id.type())) {
      problems.warn(
          place,
          "\"%s\" alias is deprecated; use \"%s\" instead".formatted(id.type(), factory.type()));
    }
    Record config = config(factory, entry.value(), place);
    extensionUses.put(id, List.copyOf(bound));
    bound.clear();
    if (config != null) {
      components.put(id, new ConfiguredComponent(id, factory, config));
    }
  }

  /** Checks a processor that could be bound for a pipeline of the signal. */
  @SuppressWarnings("unchecked") // the record was bound to the type of its factory
  void check(ComponentId id, Signal signal) {
    ConfiguredComponent component = components.get(id);
    if (component == null || !(component.factory() instanceof ProcessorFactory<?> factory)) {
      return;
    }
    try {
      ((ProcessorFactory<Record>) factory).check(component.config(), signal);
    } catch (InvalidConfigException e) {
      Place place = Objects.requireNonNull(declared.get(id));
      records.blame(e, Objects.requireNonNull(nodes.get(id)), place);
    }
  }

  private @Nullable Record config(ComponentFactory<?> factory, ConfigNode node, Place place) {
    Record defaults = factory.defaultConfig();
    return (Record) records.values().bind(defaults.getClass(), defaults, node, place);
  }

  private List<String> presentNames() {
    return factories.keySet().stream()
        .filter(name -> factories.values().stream().noneMatch(f -> f.formerTypes().contains(name)))
        .toList();
  }

  private void refuseUnknownType(ComponentId id, Place place) {
    String expected =
        factories.isEmpty()
            ? "nothing, there are no " + kind.section()
            : String.join(", ", presentNames());
    String nearest = NearestName.ofId(id.toString(), factories.keySet());
    problems.error(
        place, "unknown " + kind.noun() + " type \"" + id.type() + "\"", expected, nearest);
  }
}
