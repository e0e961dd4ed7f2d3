package io.millrace.service;

import io.millrace.component.ByteBudget;
import io.millrace.component.CannotListenException;
import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.config.TelemetryConfig.Prometheus;
import io.millrace.pipeline.GraphHost;
import io.millrace.pipeline.PipelineGraph;
import io.millrace.service.ControlRequests.Request;
import io.millrace.telemetry.MetricRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running collector: pipelines, its own metrics, and the wait for its end.
 *
 * <p>{@link #start}, {@link #awaitShutdown} and {@link #shutdown} are called by one control thread;
 * {@link #requestShutdown} by any.
 */
public final class Collector {
  /** What a drain may take; an orchestrator kills after 30 seconds by default. */
  static final Duration DRAIN = Duration.ofSeconds(25);

  private static final Logger logger = LoggerFactory.getLogger(Collector.class);

  private final ControlRequests requests;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final MetricRegistry metrics;
  private final Map<Prometheus, MetricsServer> servers = new LinkedHashMap<>();
  private final CollectorConfig config;
  private final ByteBudget budget;
  private final PipelineGraph graph;
  private @Nullable Collector running;
  private volatile boolean isShutDown;

  /**
   * Builds everything and starts nothing.
   *
   * @throws IllegalArgumentException when a component cannot be built, or the memory limit cannot
   *     be held
   */
  public Collector(CollectorConfig config, Clock clock) {
    this(
        config, clock, new ControlRequests(), new ReloadMetrics(clock), new MetricRegistry(), null);
  }

  /**
   * Builds the successor of a running collector, which takes over what has not changed when it has
   * started; see {@link PipelineGraph#build(CollectorConfig, GraphHost, PipelineGraph)}.
   *
   * @param requests where the collector asks for its end
   * @param reloads which it tells of in its metrics
   * @param totals in which it counts on
   * @param running {@code null} for none
   */
  Collector(
      CollectorConfig config,
      Clock clock,
      ControlRequests requests,
      ReloadMetrics reloads,
      MetricRegistry totals,
      @Nullable Collector running) {
    this.config = config;
    this.requests = requests;
    this.running = running;
    metrics = new MetricRegistry(config.service().telemetry().metrics().level(), totals);
    reloads.register(metrics);
    budget = budget(config, running);
    GraphHost host =
        new GraphHost(
            clock, () -> ThreadLocalRandom.current().nextDouble(), metrics, budget, this::fail);
    graph =
        running == null
            ? PipelineGraph.build(config, host)
            : PipelineGraph.build(config, host, running.graph);
  }

  /** One budget for both, whose limit may change: the process is one. */
  private static ByteBudget budget(CollectorConfig config, @Nullable Collector running) {
    long limit =
        MemoryPlan.budgetBytes(config.service().limitMib(), Runtime.getRuntime().maxMemory());
    if (running == null) {
      return new ByteBudget(limit);
    }
    return running.budget.limit() == limit ? running.budget : running.budget.withLimit(limit);
  }

  /**
   * Opens the metrics port, then starts the pipelines, receivers last. A running collector is left
   * with nothing to do but to be shut down.
   *
   * @throws Exception when a part cannot start; what had started is shut down again, and a running
   *     collector goes on
   */
  public void start() throws Exception {
    config.warnings().forEach(warning -> logger.warn("{}", warning));
    try {
      for (Prometheus listener : wantedListeners()) {
        if (running == null || !running.servers.containsKey(listener)) {
          serveMetrics(listener);
        }
      }
      graph.start();
    } catch (Exception e) { // whatever it was, nothing may be left running
      shutdown();
      throw e;
    }
    takeOverMetricsServers();
    logger.info("Everything is ready. Begin running and processing data.");
    // Last: the JVM takes longer to load its beans than we to open a port.
    ProcessMetrics.register(metrics, budget);
    JvmMetrics.register(metrics);
    ProcessResource.of(config.service().telemetry()).register(metrics);
  }

  private void takeOverMetricsServers() {
    for (Prometheus listener : wantedListeners()) {
      MetricsServer server = running == null ? null : running.servers.remove(listener);
      if (server != null) {
        server.show(metrics);
        servers.put(listener, server);
      }
    }
    running = null;
  }

  private void serveMetrics(Prometheus listener) throws IOException {
    InetSocketAddress address = new InetSocketAddress(listener.host(), listener.port());
    MetricsServer server = new MetricsServer(address, metrics, listener.counterNames());
    servers.put(listener, server);
    logger.info("Metrics on http://{}:{}/metrics", listener.host(), server.address().getPort());
    if (server.address().getAddress().isAnyLocalAddress()) {
      logger.warn(
          "Metrics are served on every interface; bind localhost unless others must reach them");
    }
  }

  CollectorConfig config() {
    return config;
  }

  /**
   * Returns whether a successor that cannot listen somewhere could, if this collector had ended.
   */
  boolean isInTheWay(Collector next, CannotListenException failure) {
    Stream<InetSocketAddress> metricsPorts =
        servers.entrySet().stream()
            .filter(server -> !next.wantedListeners().contains(server.getKey()))
            .map(server -> server.getValue().address());
    return next.graph.isBlocked(failure) || metricsPorts.anyMatch(failure::isDueTo);
  }

  private List<Prometheus> wantedListeners() {
    return config.service().telemetry().metrics().listeners();
  }

  /** Returns what the collector counts about itself, those of the process once it has started. */
  public MetricRegistry metrics() {
    return metrics;
  }

  /** Returns where the metrics are served; empty unless started. */
  List<InetSocketAddress> metricsAddresses() {
    return servers.values().stream().map(MetricsServer::address).toList();
  }

  /** Lets {@link #awaitShutdown} return. */
  public void requestShutdown() {
    requests.ask(Request.SHUT_DOWN);
  }

  /**
   * Waits for {@link #requestShutdown} or a fatal error.
   *
   * @return the process's exit code: 0 when the shutdown was asked for
   */
  public int awaitShutdown() throws InterruptedException {
    return requests.await() == Request.FAIL ? 1 : 0;
  }

  /** Drains the pipelines within their deadline and closes everything. Does nothing twice. */
  public void shutdown() {
    if (isShutDown) {
      return;
    }
    isShutDown = true;
    graph.shutdown(DRAIN);
    servers.values().forEach(MetricsServer::shutdown);
    servers.clear();
  }

  /** What fails while it is shut down does not concern whoever comes after it. */
  private void fail(Throwable error) {
    if (!failed.getAndSet(true) && !isShutDown) {
      logger.error("Shutting down, because a component cannot go on", error);
      requests.ask(Request.FAIL);
    }
  }
}
