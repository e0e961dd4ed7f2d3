package io.millrace.config;

import io.millrace.component.ComponentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the user configured, valid and with every reference resolved. Immutable.
 *
 * <p>The maps are in the order of the configuration and hold also what no pipeline uses, which is
 * not to be started.
 *
 * @param warnings what is allowed but probably not meant
 */
public record CollectorConfig(
    Map<ComponentId, ConfiguredComponent> receivers,
    Map<ComponentId, ConfiguredComponent> processors,
    Map<ComponentId, ConfiguredComponent> exporters,
    Map<ComponentId, ConfiguredComponent> connectors,
    Map<ComponentId, ConfiguredComponent> extensions,
    ServiceConfig service,
    List<ConfigProblem> warnings) {
  public CollectorConfig {
    receivers = inOrder(receivers);
    processors = inOrder(processors);
    exporters = inOrder(exporters);
    connectors = inOrder(connectors);
    extensions = inOrder(extensions);
    warnings = List.copyOf(warnings);
  }

  /** Without connectors and warnings. */
  public CollectorConfig(
      Map<ComponentId, ConfiguredComponent> receivers,
      Map<ComponentId, ConfiguredComponent> processors,
      Map<ComponentId, ConfiguredComponent> exporters,
      Map<ComponentId, ConfiguredComponent> extensions,
      ServiceConfig service) {
    this(receivers, processors, exporters, Map.of(), extensions, service, List.of());
  }

  private static Map<ComponentId, ConfiguredComponent> inOrder(
      Map<ComponentId, ConfiguredComponent> components) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }
}
