package io.millrace.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.millrace.component.CannotListenException;
import io.millrace.component.Component;
import io.millrace.component.ComponentId;
import io.millrace.component.Exporter;
import io.millrace.component.Extension;
import io.millrace.component.Listener;
import io.millrace.component.Receiver;
import io.millrace.component.ServiceStatus.Phase;
import io.millrace.config.AckLevel;
import io.millrace.config.CollectorConfig;
import io.millrace.pipeline.ShutdownSteps.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All components that a configuration names, wired to each other.
 *
 * <pre>
 *   receiver → door → ring → processor → … → fan-out → exporter
 *                                                   ↘ connector → processor → … → fan-out → exporter
 * </pre>
 *
 * <p>One receiver per id, one set of processors per pipeline, one ring per pipeline that a receiver
 * leads to, one exporter or connector per id and signal. What is downstream starts first and shuts
 * down last. A reload builds the next graph beside the running one and leaves receivers and
 * extensions running that have not changed. Confined to the control thread.
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

  private final GraphHost host;
  private final UsedExtensions extensions;
  private final List<Part<Exporter>> exporters;
  private final List<Pipeline> pipelines;
  private final Map<Entrance, PipelineDoor> receivers;
  private final Books books;
  private final GraphStatus status;
  private final Handover handover;

  PipelineGraph(
      GraphHost host,
      UsedExtensions extensions,
      List<Part<Exporter>> exporters,
      List<Pipeline> pipelines,
      Map<Entrance, PipelineDoor> receivers,
      Books books,
      GraphStatus status,
      Handover handover) {
    this.host = host;
    this.extensions = extensions;
    this.exporters = List.copyOf(exporters);
    this.pipelines = List.copyOf(pipelines);
    this.receivers = Collections.unmodifiableMap(new LinkedHashMap<>(receivers));
    this.books = books;
    this.status = status;
    this.handover = handover;
  }

  /** Creates every component in use; nothing is opened or started yet. */
  public static PipelineGraph build(CollectorConfig config, GraphHost host) {
    return new GraphBuilder(config, host, null).build();
  }

  /**
   * Creates the successor of a running graph, to be started beside it.
   *
   * <p>Extensions are shared if none has changed, and then each receiver that has not changed, as
   * long as the budget and the level of the metrics are the same. {@link #start} takes them over,
   * when nothing can fail any more; who is not started leaves them to {@code running}.
   */
  public static PipelineGraph build(CollectorConfig config, GraphHost host, PipelineGraph running) {
    return new GraphBuilder(config, host, running).build();
  }

  /**
   * Starts extensions, exporters, processors, rings, and the receivers last. What comes from the
   * graph before keeps running; its requests come here from then on. Where another component of
   * that graph listens on a port that is wanted here, both do until everything has started.
   *
   * @throws Exception of the first component that does not start; the caller then shuts down
   */
  public void start() throws Exception {
    handover.begin();
    try {
      startParts();
    } finally {
      handover.end();
    }
    takeOver();
    handover.complete();
  }

  private void startParts() throws Exception {
    ownExtensions().forEach(extension -> extension.component().watch(status));
    startAll(ownExtensions());
    startAll(exporters);
    for (Pipeline pipeline : pipelines) {
      startAll(pipeline.processors().reversed());
      if (pipeline.entry() != null) {
        pipeline.ring().start();
        logger.info("pipeline {} starts; it replies when {}", pipeline.id(), name(pipeline.ack()));
      }
    }
    startAll(ownReceivers());
    status.enter(Phase.RUNNING);
    ownExtensions().forEach(extension -> extension.component().pipelinesReady());
  }

  private void takeOver() {
    if (!extensions.residence().isAt(host)) {
      extensions.residence().moveTo(host);
      extensions.parts().forEach(extension -> extension.component().watch(status));
    }
    receivers.forEach((entrance, door) -> {
      entrance.residence().moveTo(host);
      entrance.leadTo(door);
    });
  }

  /** Returns the extensions that are this graph's to start and to shut down. */
  private List<Part<Extension>> ownExtensions() {
    return extensions.residence().isAt(host) ? extensions.parts() : List.of();
  }

  private List<Part<Receiver>> ownReceivers() {
    return receivers.keySet().stream()
        .filter(entrance -> entrance.residence().isAt(host))
        .map(Entrance::receiver)
        .toList();
  }

  /** Returns the receiver of that id; {@code null} without one. */
  @Nullable Entrance entrance(ComponentId id) {
    return receivers.keySet().stream()
        .filter(entrance -> entrance.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  UsedExtensions extensions() {
    return extensions;
  }

  Books books() {
    return books;
  }

  /** Returns whether a failed start can do better when the graph before has ended. */
  public boolean isBlocked(CannotListenException failure) {
    return handover.isBlocked(failure);
  }

  /** Returns what listens here and not in a successor that keeps these parts. */
  List<Listener> listenersBeside(Set<Entrance> keptReceivers, UsedExtensions keptExtensions) {
    List<Part<? extends Component>> ending = new ArrayList<>(exporters);
    if (!extensions.equals(keptExtensions)) {
      ending.addAll(extensions.parts());
    }
    for (Entrance entrance : receivers.keySet()) {
      if (!keptReceivers.contains(entrance)) {
        ending.add(entrance.receiver());
      }
    }
    return ending.stream().flatMap(part -> part.component().listeners().stream()).toList();
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
   * Shuts down receivers, then lets the rings run dry, then processors, those of pipelines that
   * lead to others before theirs, exporters and extensions; leaves alone what a successor has taken
   * over.
   *
   * <p>Each of these steps has its part of {@code timeout}; what one does not need is the next
   * one's. A step that takes longer is left behind, so that this returns in time.
   */
  public void shutdown(Duration timeout) {
    status.enter(Phase.STOPPING);
    ownExtensions().forEach(extension -> extension.component().pipelinesStopping());
    ShutdownSteps steps = new ShutdownSteps(timeout);
    steps.run(RECEIVERS_SHARE, works(ownReceivers()));
    steps.run(RINGS_SHARE, drainings(steps));
    double share = RINGS_SHARE;
    List<List<Pipeline>> generations = generations();
    for (List<Pipeline> generation : generations) {
      share += (PROCESSORS_SHARE - RINGS_SHARE) / generations.size();
      steps.run(share, generation.stream().map(this::flushing).toList());
    }
    steps.run(EXPORTERS_SHARE, works(exporters));
    steps.run(1, works(ownExtensions()));
    books.close();
  }

  private static <C extends Component> List<Work> works(List<Part<C>> parts) {
    return parts.stream().map(part -> new Work(part.name(), part::shutdown)).toList();
  }

  /** Returns the pipelines in the order in which they are flushed: none leads to one before it. */
  private List<List<Pipeline>> generations() {
    Map<Integer, List<Pipeline>> byHeight =
        pipelines.stream().collect(groupingBy(Pipeline::height, TreeMap::new, toList()));
    return List.copyOf(byHeight.values()).reversed();
  }

  private List<Work> drainings(ShutdownSteps steps) {
    return pipelines.stream()
        .filter(pipeline -> pipeline.entry() != null)
        .map(pipeline -> draining(pipeline, steps))
        .toList();
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
  private Work flushing(Pipeline pipeline) {
    return new Work(
        "processors " + pipeline.id(),
        () -> {
          if (pipelines.stream().anyMatch(each -> each.isWalking(pipeline))) {
            return; // a thread hangs on the way, and processors are not made for two threads
          }
          pipeline.processors().forEach(Part::shutdown);
        });
  }
}
