package io.millrace.config;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ComponentId;
import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Binds the whole configuration: sections, components, service. Confined to the loading thread. */
final class CollectorBinder {
  private static final String SERVICE = "service";
  private static final List<String> SECTIONS =
      Stream.concat(Arrays.stream(Kind.values()).map(Kind::section), Stream.of(SERVICE)).toList();

  private final Map<Kind, ComponentSection> sections = new EnumMap<>(Kind.class);
  private final ProcessMemory memory;
  private final Problems problems;

  CollectorBinder(
      Collection<? extends ComponentFactory<?>> factories,
      ProcessMemory memory,
      Problems problems) {
    this.memory = memory;
    this.problems = problems;
    for (Kind kind : Kind.values()) {
      sections.put(kind, new ComponentSection(kind, factories, memory, problems));
    }
  }

  /**
   * Binds as much as possible.
   *
   * @throws ConfigException when anything was reported
   */
  CollectorConfig bind(Mapping root) throws ConfigException {
    Place top = new Place(root.position(), "");
    refuseUnknownSections(root, top);
    for (ComponentSection section : sections.values()) {
      components(section, root, top);
    }
    ServiceConfig service = service(root, top);
    checkProcessors(service);
    problems.throwIfAny();
    return new CollectorConfig(
        section(Kind.RECEIVER).components(),
        section(Kind.PROCESSOR).components(),
        section(Kind.EXPORTER).components(),
        section(Kind.CONNECTOR).components(),
        section(Kind.EXTENSION).components(),
        service,
        problems.warnings());
  }

  private void refuseUnknownSections(Mapping root, Place top) {
    root.entries()
        .forEach((key, entry) -> {
          if (!SECTIONS.contains(key)) {
            problems.unknown(
                top,
                key,
                entry.keyPosition(),
                "unknown section",
                SECTIONS,
                root.entries().keySet());
          }
        });
  }

  private void components(ComponentSection section, Mapping root, Place top) {
    String key = section.kind().section();
    Entry entry = root.entries().get(key);
    boolean isRequired = section.kind() == Kind.RECEIVER || section.kind() == Kind.EXPORTER;
    Place place = top.key(key, entry == null ? top.position() : entry.keyPosition());
    if (entry == null || entry.value().isNothing()) {
      if (isRequired && !problems.isMisspelled(key)) {
        problems.error(place, "no " + section.kind().noun(), "at least one");
      }
    } else if (entry.value() instanceof Mapping mapping) {
      section.bind(mapping, place);
    } else {
      String found = "found " + Found.shape(entry.value());
      problems.error(place.at(entry.value().position()), found, "a map of components");
    }
  }

  private ServiceConfig service(Mapping root, Place top) {
    Entry entry = root.entries().get(SERVICE);
    Place place = top.key(SERVICE, entry == null ? top.position() : entry.keyPosition());
    ConfigNode written = entry == null ? Mapping.empty(root.position()) : entry.value();
    ConfigNode node = new UnsupportedSettings(problems).removedFrom(written, place);
    ValueBinder values = new RecordBinder(problems, new ArrayList<>(), memory).values();
    Object service = values.bind(ServiceConfig.class, ServiceConfig.DEFAULT, node, place);
    new ReferenceChecks(sections.values(), problems).check(node, place);
    new ExtensionChecks(sections.values(), problems).check();
    new ConnectorChecks(section(Kind.CONNECTOR), problems).check(node, place);
    if (service == null) {
      return ServiceConfig.DEFAULT;
    }
    ServiceConfig bound = (ServiceConfig) service;
    new AckLevelCheck(section(Kind.PROCESSOR), section(Kind.CONNECTOR), problems)
        .check(bound, node, place);
    new SenderChecks(sections, problems).check(bound, node, place);
    return bound;
  }

  /** Checks each processor once for each signal whose pipelines have it. */
  private void checkProcessors(ServiceConfig service) {
    Map<Signal, Set<ComponentId>> checked = new EnumMap<>(Signal.class);
    service
        .pipelines()
        .forEach((id, pipeline) ->
            checked
                .computeIfAbsent(id.signal(), signal -> new LinkedHashSet<>())
                .addAll(pipeline.processors()));
    checked.forEach((signal, ids) -> ids.forEach(id -> section(Kind.PROCESSOR).check(id, signal)));
  }

  private ComponentSection section(Kind kind) {
    return Objects.requireNonNull(sections.get(kind));
  }
}
