package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.component.ComponentId;
import io.millrace.component.Consumer;
import io.millrace.component.Exporter;
import io.millrace.component.Extensions;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.Stage;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.ring.BatchRing;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds one pipeline, from its end to its beginning. Confined to the building thread. */
final class PipelineBuilder {
  /** Bounds the requests between door and processors; their bytes are bounded by the budget. */
  static final int RING_SLOTS = 1024;

  private final PipelineId id;
  private final PipelineConfig config;
  private final Map<ComponentId, ConfiguredComponent> processorConfigs;
  private final List<Exporter> exporters;
  private final Position position;
  private final GraphHost host;
  private final Extensions extensions;
  private final FailureLog failures;
  private final StageTimer.Behind timed = new StageTimer.Behind();

  /**
   * Where a pipeline stands among others.
   *
   * @param hasDoor whether a receiver leads to it
   * @param isBehind whether a connector leads to it
   * @param isAwaited whether senders of a pipeline before it wait for the delivery
   */
  record Position(boolean hasDoor, boolean isBehind, boolean isAwaited) {}

  /**
   * Prepares a pipeline.
   *
   * @param exporters in the order of {@code config}, shared with other pipelines; connectors too
   */
  PipelineBuilder(
      PipelineId id,
      PipelineConfig config,
      Map<ComponentId, ConfiguredComponent> processorConfigs,
      List<Exporter> exporters,
      Position position,
      GraphHost host,
      Extensions extensions) {
    this.id = id;
    this.config = config;
    this.processorConfigs = processorConfigs;
    this.exporters = List.copyOf(exporters);
    this.position = position;
    this.host = host;
    this.extensions = extensions;
    this.failures = new FailureLog(id, host.metrics(), host.clock());
  }

  /** Builds the pipeline; {@code branches} are its ways out, see {@link #branches}. */
  Pipeline build(List<Branch> branches) {
    List<Part<Processor>> parts = new ArrayList<>();
    Consumer first = addProcessors(new FanOut(branches, failures), parts);
    List<Processor> processors = parts.stream().map(Part::component).toList();
    List<Pipeline> behind = ends().flatMap(end -> end.downstream().pipelines().stream()).toList();
    PipelineWay way =
        new PipelineWay(
            first, processors, behind.stream().map(Pipeline::way).toList(), position.isBehind());
    Admissions admissions = admissions(processors, branches, behind);
    PipelineLedger ledger = new PipelineLedger(branches.stream().map(Branch::ledger).toList());
    return new Pipeline(
        id,
        requires(processors),
        ackLevel(),
        admissions,
        ledger,
        way,
        position.hasDoor() ? ring(way, admissions) : null,
        parts,
        behind);
  }

  private BatchRing ring(PipelineWay way, Admissions admissions) {
    RingPass pass = new RingPass(way, admissions, failures);
    return new BatchRing(
        id.toString(), RING_SLOTS, pass, way.tickInterval(), host.clock(), host.metrics());
  }

  private Stream<ConnectorEnd> ends() {
    return exporters.stream().filter(ConnectorEnd.class::isInstance).map(ConnectorEnd.class::cast);
  }

  /** Opens the books of each edge. */
  List<Branch> branches() {
    boolean senderWaits =
        position.isAwaited() || (position.hasDoor() && ackLevel() == AckLevel.DELIVERED);
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < exporters.size(); i++) {
      String exporter = config.exporters().get(i).toString();
      EdgeLedger ledger =
          new EdgeLedger(
              id.toString(), exporter, id.signal(), senderWaits, host.metrics(), host.clock());
      boolean isMandatory = senderWaits || exporters.get(i).isMandatory();
      branches.add(new Branch(exporters.get(i), ledger, isMandatory));
    }
    return branches;
  }

  private AckLevel ackLevel() {
    if (config.ack() != null) {
      return config.ack();
    }
    return !holdsItems(config, processorConfigs)
            && exporters.stream().allMatch(Exporter::waitsForResult)
        ? AckLevel.DELIVERED
        : AckLevel.ENQUEUED;
  }

  /** Returns whether a processor holds items, so that nobody can wait for their delivery. */
  static boolean holdsItems(
      PipelineConfig config, Map<ComponentId, ConfiguredComponent> processorConfigs) {
    return config.processors().stream()
        .map(processor -> GraphBuilder.configured(processorConfigs, processor).factory())
        .anyMatch(factory ->
            factory instanceof ProcessorFactory<?> processors && processors.settlesAsHeld());
  }

  /** Creates the processors in front of {@code last}; returns where batches enter them. */
  private Consumer addProcessors(Consumer last, List<Part<Processor>> parts) {
    Consumer next = timed(last, null);
    List<Counter> into = List.of();
    for (ComponentId processor : config.processors().reversed()) {
      List<Counter> meters = new ArrayList<>(into);
      meters.addFirst(meter("outgoing", processor));
      Part<Processor> part =
          ComponentMaker.processor(
              GraphBuilder.configured(processorConfigs, processor),
              host.contextOf(processor, extensions),
              id.signal(),
              new Hop(meters, next, failures));
      parts.addFirst(part);
      next = timed(part.component(), processor);
      into = List.of(meter("incoming", processor));
    }
    return new Hop(into, next, failures);
  }

  /** Measures what stages take, where somebody reads it. */
  private Consumer timed(Consumer stage, @Nullable ComponentId processor) {
    if (!host.metrics().includes(MetricLevel.DETAILED)) {
      return stage;
    }
    Histogram durations =
        processor == null
            ? null
            : host.metrics()
                .durations(
                    "otelcol_processor_internal_duration",
                    "Seconds in the processor for one batch, without the processors behind it.",
                    "processor",
                    processor.toString(),
                    "otel_signal",
                    id.signal().id());
    return new StageTimer(stage, durations, timed, host.clock());
  }

  private Counter meter(String direction, ComponentId processor) {
    return host.metrics()
        .counter(
            "otelcol_processor_" + direction + "_items",
            "Items that entered (incoming) or left (outgoing) the processor.",
            "processor",
            processor.toString(),
            "otel_signal",
            id.signal().id());
  }

  private static Admissions admissions(
      List<Processor> processors, List<Branch> branches, List<Pipeline> behind) {
    List<Admission> asked = new ArrayList<>();
    List<Branch> exits = new ArrayList<>();
    processors.stream()
        .map(Stage::admission)
        .filter(admission -> !admission.equals(Admission.ALWAYS))
        .forEach(asked::add);
    branches.stream()
        .filter(branch -> !(branch.exporter() instanceof ConnectorEnd))
        .forEach(exits::add);
    for (Pipeline next : behind) {
      asked.addAll(next.admissions().processors());
      exits.addAll(next.admissions().exits());
    }
    return new Admissions(asked, exits);
  }

  private Validation requires(List<Processor> processors) {
    return Stream.<Stage>concat(processors.stream(), exporters.stream())
        .map(Stage::requires)
        .max(Validation::compareTo)
        .orElse(Validation.FRAMING);
  }
}
