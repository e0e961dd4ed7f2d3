package io.millrace.pipeline;

import io.millrace.component.ComponentId;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionId;
import io.millrace.component.Extensions;
import io.millrace.config.ConfiguredComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates extensions when they are first asked for, so that one that another uses is created, and
 * later started, before it. The loader has refused circles. Confined to the building thread.
 */
final class UsedExtensions implements Extensions {
  private final Map<ComponentId, ConfiguredComponent> configs;
  private final GraphHost host;
  private final Map<ComponentId, Part<Extension>> parts = new LinkedHashMap<>();

  UsedExtensions(Map<ComponentId, ConfiguredComponent> configs, GraphHost host) {
    this.configs = configs;
    this.host = host;
  }

  @Override
  public <E extends Extension> E get(ExtensionId<E> id, Class<E> kind) {
    Extension extension = create(id.id()).component();
    if (!kind.isInstance(extension)) {
      throw new IllegalArgumentException(
          "extension: " + id + " (expected: a " + kind.getSimpleName() + ")");
    }
    return kind.cast(extension);
  }

  /** Returns the extension; creates it first, unless that was done. */
  Part<Extension> create(ComponentId id) {
    Part<Extension> known = parts.get(id);
    if (known != null) {
      return known;
    }
    ConfiguredComponent configured = GraphBuilder.configured(configs, id);
    Part<Extension> made = ComponentMaker.extension(configured, host.contextOf(id, this));
    parts.put(id, made);
    return made;
  }

  /** Returns all that were created, in the order in which they start. */
  List<Part<Extension>> parts() {
    return List.copyOf(parts.values());
  }
}
