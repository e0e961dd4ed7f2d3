package io.millrace.pipeline;

import static java.util.stream.Collectors.toSet;

import io.millrace.component.ComponentId;
import io.millrace.component.Exporter;
import io.millrace.component.Receiver;
import io.millrace.config.AckLevel;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable PipelineGraph running;
  private final UsedExtensions extensions;
  private final DoorContext doors;
  private final Map<ExporterKey, SharedExporter> exporters = new LinkedHashMap<>();
  private final Map<ComponentId, List<Pipeline>> pipelinesByReceiver = new LinkedHashMap<>();
  private final Books books = new Books();

  /** In the order of their making: none before one that it leads to. */
  private final Map<PipelineId, Pipeline> pipelines = new LinkedHashMap<>();

  /**
   * Prepares a graph.
   *
   * @param running whose receivers and extensions go on if they have not changed; {@code null} for
   *     none
   */
  GraphBuilder(CollectorConfig config, GraphHost host, @Nullable PipelineGraph running) {
    this.config = config;
    this.host = host;
    this.running = running;
    this.extensions = extensions();
    OverloadHint hint = new OverloadHint(host.clock(), host.random());
    this.doors = new DoorContext(host.budget(), hint, host.clock(), host.metrics());
  }

  PipelineGraph build() {
    config.service().extensions().forEach(extensions::create);
    config.service().pipelines().keySet().forEach(this::pipeline);
    List<Part<Exporter>> parts = new ArrayList<>();
    for (SharedExporter exporter : exporters.values()) {
      parts.add(exporter.part());
      exporter.expose(books.balances());
    }
    books.showAt(host);
    if (running != null) {
      running.books().showAt(host);
    }
    Map<Entrance, PipelineDoor> receivers = receivers();
    return new PipelineGraph(
        host,
        extensions,
        parts,
        List.copyOf(pipelines.values()),
        receivers,
        books,
        status(receivers.keySet()),
        handover(receivers.keySet()));
  }

  private Handover handover(Set<Entrance> receivers) {
    return new Handover(
        running == null ? List.of() : running.listenersBeside(receivers, extensions));
  }

  private GraphStatus status(Collection<Entrance> entrances) {
    List<Part<Receiver>> receivers = entrances.stream().map(Entrance::receiver).toList();
    GraphStatus status = new GraphStatus(host.clock());
    status.add("extensions", extensions.parts());
    for (Pipeline pipeline : pipelines.values()) {
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

  /** Makes a pipeline once, after those behind it. */
  private Pipeline pipeline(PipelineId id) {
    Pipeline known = pipelines.get(id);
    if (known != null) {
      return known;
    }
    PipelineConfig its = Objects.requireNonNull(config.service().pipelines().get(id));
    List<SharedExporter> shared =
        its.exporters().stream().map(exporter -> exporter(exporter, id.signal())).toList();
    List<Exporter> ends = shared.stream().map(exporter -> exporter.part().component()).toList();
    PipelineBuilder builder =
        new PipelineBuilder(id, its, config.processors(), ends, position(id), host, extensions);
    List<Branch> branches = builder.branches();
    Pipeline pipeline = builder.build(branches);
    pipelines.put(id, pipeline);
    for (int i = 0; i < branches.size(); i++) {
      shared.get(i).add(branches.get(i).ledger(), pipeline);
      books.add(branches.get(i).ledger());
    }
    for (ComponentId receiver : its.receivers()) {
      if (!connects(receiver)) {
        pipelinesByReceiver.computeIfAbsent(receiver, r -> new ArrayList<>()).add(pipeline);
      }
    }
    return pipeline;
  }

  private PipelineBuilder.Position position(PipelineId id) {
    PipelineConfig its = Objects.requireNonNull(config.service().pipelines().get(id));
    return new PipelineBuilder.Position(
        !its.receivers().stream().allMatch(this::connects),
        its.receivers().stream().anyMatch(this::connects),
        isAwaited(id));
  }

  /** Returns whether senders wait who came through connectors. */
  private boolean isAwaited(PipelineId id) {
    return config.service().before(id, config.connectors().keySet()).keySet().stream()
        .anyMatch(before -> delivers(before) || isAwaited(before));
  }

  /** Returns whether senders at the door of a pipeline wait, also before it is made. */
  private boolean delivers(PipelineId id) {
    PipelineConfig its = Objects.requireNonNull(config.service().pipelines().get(id));
    if (its.receivers().stream().allMatch(this::connects)) {
      return false;
    }
    return its.ack() != null ? its.ack() == AckLevel.DELIVERED : isAwaitable(its, id.signal());
  }

  private boolean isAwaitable(PipelineConfig its, Signal signal) {
    return !PipelineBuilder.holdsItems(its, config.processors())
        && its.exporters().stream().allMatch(exporter -> isAwaitable(exporter, signal));
  }

  private boolean isAwaitable(ComponentId exporter, Signal signal) {
    return connects(exporter)
        ? config.service().behind(exporter, signal).values().stream()
            .allMatch(next ->
                next.ack() != null ? next.ack() == AckLevel.DELIVERED : isAwaitable(next, signal))
        : exporter(exporter, signal).part().component().waitsForResult();
  }

  private boolean connects(ComponentId id) {
    return config.connectors().containsKey(id);
  }

  private SharedExporter exporter(ComponentId id, Signal signal) {
    ExporterKey key = new ExporterKey(id, signal);
    SharedExporter known = exporters.get(key);
    if (known == null) {
      Part<Exporter> part =
          connects(id)
              ? connector(id, signal)
              : ComponentMaker.exporter(
                  configured(config.exporters(), id), host.contextOf(id, extensions), signal);
      known = new SharedExporter(part, new ArrayList<>(), new ArrayList<>());
      exporters.put(key, known);
    }
    return known;
  }

  private Part<Exporter> connector(ComponentId id, Signal signal) {
    Set<PipelineId> behind = config.service().behind(id, signal).keySet();
    return ComponentMaker.connector(
        configured(config.connectors(), id),
        host.contextOf(id, extensions),
        signal,
        new Downstream(behind.stream().map(this::pipeline).toList()));
  }

  private UsedExtensions extensions() {
    List<ConfiguredComponent> wanted =
        config.service().extensions().stream()
            .map(id -> configured(config.extensions(), id))
            .toList();
    if (running != null && running.extensions().fits(wanted, host)) {
      running.extensions().residence().showAt(host);
      return running.extensions();
    }
    return new UsedExtensions(wanted, host);
  }

  private Map<Entrance, PipelineDoor> receivers() {
    Map<Entrance, PipelineDoor> receivers = new LinkedHashMap<>();
    pipelinesByReceiver.forEach((id, its) -> {
      Entrance present = kept(id, its);
      if (present == null) {
        Residence residence = new Residence(host);
        PipelineDoor door = door(id, its, residence);
        ConfiguredComponent receiver = configured(config.receivers(), id);
        receivers.put(new Entrance(receiver, residence, extensions, host.budget(), door), door);
      } else {
        present.residence().showAt(host);
        receivers.put(present, door(id, its, present.residence()));
      }
    });
    return receivers;
  }

  /** Returns the running receiver if it can go on; who uses extensions is bound to them. */
  private @Nullable Entrance kept(ComponentId id, List<Pipeline> its) {
    if (running == null || !extensions.equals(running.extensions())) {
      return null;
    }
    Entrance present = running.entrance(id);
    Set<Signal> signals = its.stream().map(pipeline -> pipeline.id().signal()).collect(toSet());
    boolean fits =
        present != null && present.fits(configured(config.receivers(), id), signals, host);
    return fits ? present : null;
  }

  private PipelineDoor door(ComponentId id, List<Pipeline> its, Residence residence) {
    return new PipelineDoor(id, its, doors.with(residence.metrics()));
  }

  /** Returns the component; the loader has checked that every reference has one. */
  static ConfiguredComponent configured(
      Map<ComponentId, ConfiguredComponent> components, ComponentId id) {
    return Objects.requireNonNull(components.get(id), () -> id + " (expected: configured)");
  }
}
