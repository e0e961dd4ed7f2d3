package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.component.ExporterFactory;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a processor that joins senders whom an exporter behind it tells apart, itself or by an
 * extension it names: their items would go out under the wrong name or under none. Confined to the
 * loading thread.
 */
final class SenderChecks {
  private final Map<Kind, ComponentSection> sections;
  private final Problems problems;

  SenderChecks(Map<Kind, ComponentSection> sections, Problems problems) {
    this.sections = sections;
    this.problems = problems;
  }

  /** Checks every pipeline of {@code service}, which was bound from {@code node}. */
  void check(ServiceConfig service, ConfigNode node, Place place) {
    Place pipelines = place.key("pipelines", null);
    service
        .pipelines()
        .forEach((id, pipeline) -> {
          List<ConfigNode> items = processors(node.find("pipelines", id.toString()));
          Place at = pipelines.key(id.toString(), null).key("processors", null);
          Set<ComponentId> exporters = new LinkedHashSet<>();
          follow(pipeline, id.signal(), service, exporters);
          for (int i = 0; i < items.size(); i++) {
            Place item = at.item(i, items.get(i).position());
            check(pipeline.processors().get(i), exporters, item);
          }
        });
  }

  /** Adds the exporters of a pipeline and of those that its connectors lead to. */
  private void follow(
      PipelineConfig pipeline, Signal signal, ServiceConfig service, Set<ComponentId> exporters) {
    for (ComponentId id : pipeline.exporters()) {
      if (exporters.add(id) && section(Kind.CONNECTOR).declares(id)) {
        service
            .behind(id, signal)
            .values()
            .forEach(next -> follow(next, signal, service, exporters));
      }
    }
  }

  private static List<ConfigNode> processors(@Nullable ConfigNode pipeline) {
    ConfigNode list = pipeline == null ? null : pipeline.find("processors");
    List<ConfigNode> items = list == null ? null : ValueBinder.items(ComponentId.class, list);
    return items == null ? List.of() : items;
  }

  private void check(ComponentId processor, Set<ComponentId> exporters, Place place) {
    for (ComponentId exporter : exporters) {
      ContextKeys read = readBy(exporter);
      if (!keeps(processor, read)) {
        problems.error(
            place,
            "processor "
                + processor
                + " joins what exporter "
                + exporter
                + " keeps apart by "
                + read,
            read.auth().isEmpty()
                ? "metadata_keys with it, or no such processor"
                : "no such processor: only metadata can be kept");
        return;
      }
    }
  }

  @SuppressWarnings("unchecked") // the record was bound to the type of its factory
  private boolean keeps(ComponentId id, ContextKeys read) {
    ConfiguredComponent processor = section(Kind.PROCESSOR).components().get(id);
    return read.isEmpty()
        || processor == null
        || ((ProcessorFactory<Record>) processor.factory()).keeps(processor.config(), read);
  }

  @SuppressWarnings("unchecked") // the record was bound to the type of its factory
  private ContextKeys readBy(ComponentId id) {
    ConfiguredComponent exporter = section(Kind.EXPORTER).components().get(id);
    if (exporter == null) {
      return ContextKeys.NONE;
    }
    ContextKeys read = ((ExporterFactory<Record>) exporter.factory()).reads(exporter.config());
    for (ComponentId extension : extensionsOf(id)) {
      read = read.with(readByExtension(extension));
    }
    return read;
  }

  @SuppressWarnings("unchecked") // the record was bound to the type of its factory
  private ContextKeys readByExtension(ComponentId id) {
    ConfiguredComponent extension = section(Kind.EXTENSION).components().get(id);
    return extension == null
        ? ContextKeys.NONE
        : ((ExtensionFactory<Record>) extension.factory()).reads(extension.config());
  }

  /** Returns the extensions that an exporter names, and those that these name. */
  private Set<ComponentId> extensionsOf(ComponentId exporter) {
    Set<ComponentId> found = new HashSet<>();
    List<ExtensionUse> open = new ArrayList<>(uses(Kind.EXPORTER, exporter));
    while (!open.isEmpty()) {
      ComponentId next = open.removeLast().id();
      if (found.add(next)) {
        open.addAll(uses(Kind.EXTENSION, next));
      }
    }
    return found;
  }

  private List<ExtensionUse> uses(Kind kind, ComponentId id) {
    return section(kind).extensionUses().getOrDefault(id, List.of());
  }

  private ComponentSection section(Kind kind) {
    return Objects.requireNonNull(sections.get(kind));
  }
}
