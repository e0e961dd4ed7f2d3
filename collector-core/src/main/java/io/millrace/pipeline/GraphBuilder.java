package io.millrace.pipeline;

import io.millrace.component.ComponentId;
import io.millrace.component.Exporter;
import io.millrace.component.Extension;
import io.millrace.component.Receiver;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Builds everything that the service section names, and nothing else. Confined to the building
 * thread.
 */
final class GraphBuilder {
  /** One exporter serves all pipelines of its signal. */
  private record ExporterKey(ComponentId id, Signal signal) {}

  private final CollectorConfig config;
  private final GraphHost host;
  private final DoorContext doors;
  private final Map<ExporterKey, Part<Exporter>> exporters = new LinkedHashMap<>();
  private final Map<Exporter, List<ExporterBalance.Edge>> edges = new LinkedHashMap<>();
  private final Map<ComponentId, List<Pipeline>> pipelinesByReceiver = new LinkedHashMap<>();
  private final List<Pipeline> pipelines = new ArrayList<>();

  GraphBuilder(CollectorConfig config, GraphHost host) {
    this.config = config;
    this.host = host;
    OverloadHint hint = new OverloadHint(host.clock(), host.random());
    this.doors = new DoorContext(host.budget(), hint, host.clock(), host.metrics());
  }

  PipelineGraph build() {
    config.service().pipelines().forEach(this::addPipeline);
    edges.forEach(
        (exporter, its) -> new ExporterBalance(exporter::heldItems, its).expose(host.metrics()));
    return new PipelineGraph(extensions(), List.copyOf(exporters.values()), pipelines, receivers());
  }

  private void addPipeline(PipelineId id, PipelineConfig pipelineConfig) {
    List<Exporter> its =
        pipelineConfig.exporters().stream().map(e -> exporter(e, id.signal())).toList();
    PipelineBuilder builder =
        new PipelineBuilder(id, pipelineConfig, config.processors(), its, host);
    List<Branch> branches = builder.branches();
    Pipeline pipeline = builder.build(branches);
    pipelines.add(pipeline);
    for (Branch branch : branches) {
      edges
          .computeIfAbsent(branch.exporter(), e -> new ArrayList<>())
          .add(new ExporterBalance.Edge(branch.ledger(), pipeline::heldItems));
    }
    for (ComponentId receiver : pipelineConfig.receivers()) {
      pipelinesByReceiver.computeIfAbsent(receiver, r -> new ArrayList<>()).add(pipeline);
    }
  }

  private Exporter exporter(ComponentId id, Signal signal) {
    return exporters
        .computeIfAbsent(
            new ExporterKey(id, signal),
            key ->
                ComponentMaker.exporter(
                    configured(config.exporters(), id), host.contextOf(id), signal))
        .component();
  }

  private List<Part<Extension>> extensions() {
    return config.service().extensions().stream()
        .map(
            id -> ComponentMaker.extension(configured(config.extensions(), id), host.contextOf(id)))
        .toList();
  }

  private List<Part<Receiver>> receivers() {
    List<Part<Receiver>> receivers = new ArrayList<>();
    pipelinesByReceiver.forEach((id, its) ->
        receivers.add(
            ComponentMaker.receiver(
                configured(config.receivers(), id),
                host.contextOf(id),
                new PipelineDoor(id, its, doors))));
    return receivers;
  }

  /** Returns the component; the loader has checked that every reference has one. */
  static ConfiguredComponent configured(
      Map<ComponentId, ConfiguredComponent> components, ComponentId id) {
    return Objects.requireNonNull(components.get(id), () -> id + " (expected: configured)");
  }
}
