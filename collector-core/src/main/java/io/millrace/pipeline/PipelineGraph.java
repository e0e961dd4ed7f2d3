package io.millrace.pipeline;

import io.millrace.component.Component;
import io.millrace.component.Exporter;
import io.millrace.component.Extension;
import io.millrace.component.Receiver;
import io.millrace.component.ServiceStatus.Phase;
import io.millrace.config.AckLevel;
import io.millrace.config.CollectorConfig;
import io.millrace.pipeline.ShutdownSteps.Work;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All components that a configuration names, wired to each other.
 *
 * <pre>
 *   receiver → door → ring → processor → … → fan-out → exporter
 *                                                   ↘ exporter
 * </pre>
 *
 * <p>One receiver per id, one ring and one set of processors per pipeline, one exporter per id and
 * signal. What is downstream starts first and shuts down last. Confined to the control thread.
 */
public final class PipelineGraph {
  // When each step of a shutdown must be over, as a share of the whole time. The rings stop
  // draining a little earlier, to settle what is left.
  private static final double RECEIVERS_SHARE = 0.34;
  private static final double DRAINING_SHARE = 0.45;
  private static final double RINGS_SHARE = 0.5;
  private static final double PROCESSORS_SHARE = 0.6;
  private static final double EXPORTERS_SHARE = 0.92;

  private static final Logger logger = LoggerFactory.getLogger(PipelineGraph.class);

  private final List<Part<Extension>> extensions;
  private final List<Part<Exporter>> exporters;
  private final List<Pipeline> pipelines;
  private final List<Part<Receiver>> receivers;
  private final GraphStatus status;

  PipelineGraph(
      List<Part<Extension>> extensions,
      List<Part<Exporter>> exporters,
      List<Pipeline> pipelines,
      List<Part<Receiver>> receivers,
      GraphStatus status) {
    this.extensions = List.copyOf(extensions);
    this.exporters = List.copyOf(exporters);
    this.pipelines = List.copyOf(pipelines);
    this.receivers = List.copyOf(receivers);
    this.status = status;
  }

  /** Creates every component in use; nothing is opened or started yet. */
  public static PipelineGraph build(CollectorConfig config, GraphHost host) {
    return new GraphBuilder(config, host).build();
  }

  /**
   * Starts extensions, exporters, processors, rings, and the receivers last.
   *
   * @throws Exception of the first component that does not start; the caller then shuts down
   */
  public void start() throws Exception {
    extensions.forEach(extension -> extension.component().watch(status));
    startAll(extensions);
    startAll(exporters);
    for (Pipeline pipeline : pipelines) {
      startAll(pipeline.processors().reversed());
      pipeline.ring().start();
      logger.info("pipeline {} starts; it replies when {}", pipeline.id(), name(pipeline.ack()));
    }
    startAll(receivers);
    status.enter(Phase.RUNNING);
    extensions.forEach(extension -> extension.component().pipelinesReady());
  }

  private static String name(AckLevel ack) {
    return ack.name().toLowerCase(Locale.ROOT);
  }

  private static <C extends Component> void startAll(List<Part<C>> parts) throws Exception {
    for (Part<C> part : parts) {
      part.start();
    }
  }

  /**
   * Shuts down receivers, then lets the rings run dry, then processors, exporters and extensions.
   *
   * <p>Each of these steps has its part of {@code timeout}; what one does not need is the next
   * one's. A step that takes longer is left behind, so that this returns in time.
   */
  public void shutdown(Duration timeout) {
    status.enter(Phase.STOPPING);
    extensions.forEach(extension -> extension.component().pipelinesStopping());
    ShutdownSteps steps = new ShutdownSteps(timeout);
    steps.run(RECEIVERS_SHARE, works(receivers));
    steps.run(RINGS_SHARE, pipelines.stream().map(p -> draining(p, steps)).toList());
    steps.run(PROCESSORS_SHARE, pipelines.stream().map(PipelineGraph::flushing).toList());
    steps.run(EXPORTERS_SHARE, works(exporters));
    steps.run(1, works(extensions));
  }

  private static <C extends Component> List<Work> works(List<Part<C>> parts) {
    return parts.stream().map(part -> new Work(part.name(), part::shutdown)).toList();
  }

  private static Work draining(Pipeline pipeline, ShutdownSteps steps) {
    return new Work(
        "ring " + pipeline.id(),
        () -> {
          int given = pipeline.ring().shutdown(steps.leftUntil(DRAINING_SHARE));
          if (given > 0) {
            logger.warn("pipeline {} gave up {} batches", pipeline.id(), given);
          }
        });
  }

  /** The order matters: what a processor still held goes through the ones behind it. */
  private static Work flushing(Pipeline pipeline) {
    return new Work(
        "processors " + pipeline.id(),
        () -> {
          if (pipeline.ring().isRunning()) {
            return; // its thread hangs in one of them, and they are not made for two threads
          }
          pipeline.processors().forEach(Part::shutdown);
        });
  }
}
