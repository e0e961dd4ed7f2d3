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
import io.millrace.telemetry.MetricRegistry;
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
  private record ExporterKey(ComponentId id, Signal signal) {}

  /** An exporter with the edges that lead to it: it serves all pipelines of its signal. */
  private record SharedExporter(
      Part<Exporter> part,
      List<ExporterBalance.Edge> edgesInItems,
      List<ExporterBalance.Edge> edgesInBytes) {
    void add(EdgeLedger ledger, Pipeline pipeline) {
      edgesInItems.add(new ExporterBalance.Edge(ledger, ledger::unendedItems, pipeline::heldItems));
      edgesInBytes.add(new ExporterBalance.Edge(ledger, ledger::unendedBytes, pipeline::heldBytes));
    }

    void expose(MetricRegistry metrics) {
      Exporter exporter = part.component();
      new ExporterBalance("items", exporter::heldItems, edgesInItems).expose(metrics);
      new ExporterBalance("bytes", exporter::heldBytes, edgesInBytes).expose(metrics);
    }
  }

  private final CollectorConfig config;
  private final GraphHost host;
  private final DoorContext doors;
  private final UsedExtensions extensions;
  private final Map<ExporterKey, SharedExporter> exporters = new LinkedHashMap<>();
  private final Map<ComponentId, List<Pipeline>> pipelinesByReceiver = new LinkedHashMap<>();
  private final List<Pipeline> pipelines = new ArrayList<>();

  GraphBuilder(CollectorConfig config, GraphHost host) {
    this.config = config;
    this.host = host;
    OverloadHint hint = new OverloadHint(host.clock(), host.random());
    this.doors = new DoorContext(host.budget(), hint, host.clock(), host.metrics());
    this.extensions = new UsedExtensions(config.extensions(), host);
  }

  PipelineGraph build() {
    config.service().extensions().forEach(extensions::create);
    config.service().pipelines().forEach(this::addPipeline);
    List<Part<Exporter>> parts = new ArrayList<>();
    for (SharedExporter exporter : exporters.values()) {
      parts.add(exporter.part());
      exporter.expose(host.metrics());
    }
    List<Part<Extension>> used = extensions.parts();
    List<Part<Receiver>> receivers = receivers();
    return new PipelineGraph(used, parts, pipelines, receivers, status(used, receivers));
  }

  private GraphStatus status(List<Part<Extension>> extensions, List<Part<Receiver>> receivers) {
    GraphStatus status = new GraphStatus(host.clock());
    status.add("extensions", extensions);
    for (Pipeline pipeline : pipelines) {
      PipelineId id = pipeline.id();
      PipelineConfig its = Objects.requireNonNull(config.service().pipelines().get(id));
      String name = "pipeline:" + id;
      status.add(
          name, receivers.stream().filter(part -> its.receivers().contains(part.id())).toList());
      status.add(name, pipeline.processors());
      status.add(
          name, its.exporters().stream().map(each -> exporter(each, id.signal()).part()).toList());
    }
    return status;
  }

  private void addPipeline(PipelineId id, PipelineConfig its) {
    List<SharedExporter> shared =
        its.exporters().stream().map(exporter -> exporter(exporter, id.signal())).toList();
    List<Exporter> ends = shared.stream().map(exporter -> exporter.part().component()).toList();
    PipelineBuilder builder =
        new PipelineBuilder(id, its, config.processors(), ends, host, extensions);
    List<Branch> branches = builder.branches();
    Pipeline pipeline = builder.build(branches);
    pipelines.add(pipeline);
    for (int i = 0; i < branches.size(); i++) {
      shared.get(i).add(branches.get(i).ledger(), pipeline);
    }
    for (ComponentId receiver : its.receivers()) {
      pipelinesByReceiver.computeIfAbsent(receiver, r -> new ArrayList<>()).add(pipeline);
    }
  }

  private SharedExporter exporter(ComponentId id, Signal signal) {
    return exporters.computeIfAbsent(
        new ExporterKey(id, signal),
        key -> {
          ConfiguredComponent configured = configured(config.exporters(), id);
          return new SharedExporter(
              ComponentMaker.exporter(configured, host.contextOf(id, extensions), signal),
              new ArrayList<>(),
              new ArrayList<>());
        });
  }

  private List<Part<Receiver>> receivers() {
    List<Part<Receiver>> receivers = new ArrayList<>();
    pipelinesByReceiver.forEach((id, its) ->
        receivers.add(
            ComponentMaker.receiver(
                configured(config.receivers(), id),
                host.contextOf(id, extensions),
                new PipelineDoor(id, its, doors))));
    return receivers;
  }

  /** Returns the component; the loader has checked that every reference has one. */
  static ConfiguredComponent configured(
      Map<ComponentId, ConfiguredComponent> components, ComponentId id) {
    return Objects.requireNonNull(components.get(id), () -> id + " (expected: configured)");
  }
}
