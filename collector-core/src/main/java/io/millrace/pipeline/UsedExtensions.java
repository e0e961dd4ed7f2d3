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
 * The extensions that a configuration starts. Creates them when they are first asked for, so that
 * one that another uses is created, and later started, before it. The loader has refused circles.
 *
 * <p>A reload leaves all of them running or none: who uses one is bound to it. Confined to the
 * building thread, then to the control thread.
 */
final class UsedExtensions implements Extensions {
  private final List<ConfiguredComponent> configured;
  private final Residence residence;
  private final Map<ComponentId, ConfiguredComponent> configs = new LinkedHashMap<>();
  private final Map<ComponentId, Part<Extension>> parts = new LinkedHashMap<>();

  UsedExtensions(List<ConfiguredComponent> configured, GraphHost host) {
    this.configured = List.copyOf(configured);
    this.residence = new Residence(host);
    configured.forEach(its -> configs.put(its.id(), its));
  }

  /** Returns whether they are what another configuration wants at this host. */
  boolean fits(List<ConfiguredComponent> wanted, GraphHost host) {
    return configured.equals(wanted) && residence.suits(host);
  }

  Residence residence() {
    return residence;
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
    ConfiguredComponent its = GraphBuilder.configured(configs, id);
    Part<Extension> made = ComponentMaker.extension(its, residence.contextOf(id, this));
    parts.put(id, made);
    return made;
  }

  /** Returns all that were created, in the order in which they start. */
  List<Part<Extension>> parts() {
    return List.copyOf(parts.values());
  }
}
