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

  private static final int BRANCHES_MAX = Long.SIZE;

  private final PipelineId id;
  private final PipelineConfig config;
  private final Map<ComponentId, ConfiguredComponent> processorConfigs;
  private final List<Exporter> exporters;
  private final GraphHost host;
  private final Extensions extensions;
  private final FailureLog failures;
  private final StageTimer.Behind behind = new StageTimer.Behind();

  /**
   * Prepares a pipeline.
   *
   * @param exporters in the order of {@code config}, shared with other pipelines
   */
  PipelineBuilder(
      PipelineId id,
      PipelineConfig config,
      Map<ComponentId, ConfiguredComponent> processorConfigs,
      List<Exporter> exporters,
      GraphHost host,
      Extensions extensions) {
    if (exporters.size() > BRANCHES_MAX) {
      throw new IllegalArgumentException(
          "exporters of " + id + ": " + exporters.size() + " (expected: <= " + BRANCHES_MAX + ")");
    }
    this.id = id;
    this.config = config;
    this.processorConfigs = processorConfigs;
    this.exporters = List.copyOf(exporters);
    this.host = host;
    this.extensions = extensions;
    this.failures = new FailureLog(id, host.metrics(), host.clock());
  }

  /** Builds the pipeline; {@code branches} are its ways out, see {@link #branches}. */
  Pipeline build(List<Branch> branches) {
    List<Part<Processor>> parts = new ArrayList<>();
    Consumer first = addProcessors(new FanOut(branches, failures), parts);
    List<Processor> processors = parts.stream().map(Part::component).toList();
    Admissions admissions = admissions(processors, branches);
    RingPass pass = new RingPass(first, admissions, failures, processors);
    BatchRing ring =
        new BatchRing(
            id.toString(), RING_SLOTS, pass, pass.tickInterval(), host.clock(), host.metrics());
    PipelineLedger ledger = new PipelineLedger(branches.stream().map(Branch::ledger).toList());
    return new Pipeline(id, requires(processors), ackLevel(), admissions, ledger, ring, parts);
  }

  /** Opens the books of each edge. */
  List<Branch> branches() {
    boolean senderWaits = ackLevel() == AckLevel.DELIVERED;
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
    return !holdsItems() && exporters.stream().allMatch(Exporter::waitsForResult)
        ? AckLevel.DELIVERED
        : AckLevel.ENQUEUED;
  }

  private boolean holdsItems() {
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
    return new StageTimer(stage, durations, behind, host.clock());
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

  private static Admissions admissions(List<Processor> processors, List<Branch> branches) {
    long mandatory = 0;
    for (int i = 0; i < branches.size(); i++) {
      mandatory |= branches.get(i).isMandatory() ? 1L << i : 0;
    }
    return new Admissions(
        processors.stream()
            .map(Stage::admission)
            .filter(admission -> !admission.equals(Admission.ALWAYS))
            .toList(),
        branches.stream().map(branch -> branch.exporter().admission()).toList(),
        mandatory);
  }

  private Validation requires(List<Processor> processors) {
    return Stream.<Stage>concat(processors.stream(), exporters.stream())
        .map(Stage::requires)
        .max(Validation::compareTo)
        .orElse(Validation.FRAMING);
  }
}
