package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentFactory;
import io.millrace.component.ComponentId;
import io.millrace.component.Connector;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.Consumer;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ExtensionId;
import io.millrace.component.FakeClock;
import io.millrace.component.InboundRequest;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.config.AckLevel;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.config.ServiceConfig;
import io.millrace.config.TelemetryConfig;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds a graph of fakes: every id stands for a fake of its kind, made on first use and found by
 * its id.
 */
final class Rig {
  static final int MALFORMED = -1;
  static final long RESERVED_BYTES = 10;

  final FakeClock clock = new FakeClock();
  final MetricRegistry totals = new MetricRegistry();
  final MetricRegistry metrics = new MetricRegistry(MetricLevel.DETAILED, totals);
  final ByteBudget budget = new ByteBudget(1_000_000);
  final List<String> lifecycle = new CopyOnWriteArrayList<>();
  final Map<String, FakeExporter> exporters = new ConcurrentHashMap<>();
  final Map<String, FakeProcessor> processors = new ConcurrentHashMap<>();
  final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  final List<Throwable> nextFatal = new CopyOnWriteArrayList<>();
  int exportersCreated;
  boolean processorsHold;
  java.util.function.Consumer<FakeProcessor> onProcessor = processor -> {};

  private final Receivers receiverType = new Receivers();
  private final Processors processorType = new Processors();
  private final Exporters exporterType = new Exporters();
  private final Connectors connectorType = new Connectors();
  private final Extensions extensionType = new Extensions();
  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  final Map<String, ComponentContext> receiverContexts = new ConcurrentHashMap<>();
  private final Map<PipelineId, PipelineConfig> pipelines = new LinkedHashMap<>();
  private final List<ComponentId> extensions = new ArrayList<>();
  private final Map<String, String> extensionNeeds = new LinkedHashMap<>();
  private final List<ComponentId> connectors = new ArrayList<>();
  private @Nullable PipelineGraph graph;

  /** Waits for a condition that a ring thread brings about within milliseconds. */
  static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  /** Adds a pipeline; each list is ids with commas between. */
  Rig pipeline(String id, String receivers, String processors, String exporters) {
    return pipeline(id, receivers, processors, exporters, null);
  }

  Rig pipeline(
      String id, String receivers, String processors, String exporters, @Nullable AckLevel ack) {
    pipelines.put(
        PipelineId.parse(id),
        new PipelineConfig(ids(receivers), ids(processors), ids(exporters), ack));
    return this;
  }

  /** Adds a connector, to be named by pipelines. */
  Rig connector(String id) {
    connectors.add(ComponentId.parse(id));
    return this;
  }

  Rig extension(String id) {
    extensions.add(ComponentId.parse(id));
    return this;
  }

  /** Lets a component, or an extension, ask for an extension when it is created. */
  Rig needs(String id, String extension) {
    extensionNeeds.put(id, extension);
    return this;
  }

  private void ask(ComponentContext context) {
    String needed = extensionNeeds.get(context.id().toString());
    if (needed != null) {
      context.extensions().get(ExtensionId.parse(needed), Extension.class);
    }
  }

  PipelineGraph build() {
    GraphHost host = new GraphHost(clock, () -> 0.5, metrics, budget, fatal::add);
    graph = PipelineGraph.build(config(), host);
    return graph;
  }

  /** Builds the graph that shall follow the present one, from what has been added since. */
  PipelineGraph buildNext(MetricRegistry nextMetrics) {
    GraphHost host = new GraphHost(clock, () -> 0.5, nextMetrics, budget, nextFatal::add);
    return PipelineGraph.build(config(), host, graph());
  }

  /** Builds and starts. */
  Rig start() throws Exception {
    build().start();
    return this;
  }

  PipelineGraph graph() {
    if (graph == null) {
      throw new IllegalStateException("not built");
    }
    return graph;
  }

  private CollectorConfig config() {
    Map<ComponentId, ConfiguredComponent> receivers = new LinkedHashMap<>();
    Map<ComponentId, ConfiguredComponent> its = new LinkedHashMap<>();
    Map<ComponentId, ConfiguredComponent> out = new LinkedHashMap<>();
    Map<ComponentId, ConfiguredComponent> beside = new LinkedHashMap<>();
    Map<ComponentId, ConfiguredComponent> between = new LinkedHashMap<>();
    for (PipelineConfig pipeline : pipelines.values()) {
      pipeline.receivers().forEach(id -> receivers.put(id, configured(id, receiverType)));
      pipeline.processors().forEach(id -> its.put(id, configured(id, processorType)));
      pipeline.exporters().forEach(id -> out.put(id, configured(id, exporterType)));
    }
    connectors.forEach(id -> between.put(id, configured(id, connectorType)));
    extensions.forEach(id -> beside.put(id, configured(id, extensionType)));
    out.put(ComponentId.parse("unused"), configured(ComponentId.parse("unused"), exporterType));
    ServiceConfig service = new ServiceConfig(extensions, pipelines, TelemetryConfig.DEFAULT, null);
    return new CollectorConfig(receivers, its, out, between, beside, service, List.of());
  }

  private static ConfiguredComponent configured(ComponentId id, ComponentFactory<NoConfig> type) {
    return new ConfiguredComponent(id, type, new NoConfig());
  }

  private static List<ComponentId> ids(String list) {
    return Arrays.stream(list.split(","))
        .filter(id -> !id.isBlank())
        .map(ComponentId::parse)
        .toList();
  }

  Door door(String receiver) {
    Door door = doors.get(receiver);
    if (door == null) {
      throw new IllegalArgumentException("receiver: " + receiver + " (expected: in a pipeline)");
    }
    return door;
  }

  FakeExporter exporter(String id) {
    return exporters.computeIfAbsent(id, i -> new FakeExporter("exporter " + i, lifecycle));
  }

  FakeProcessor processor(String id) {
    FakeProcessor processor = processors.get(id);
    if (processor == null) {
      throw new IllegalArgumentException("processor: " + id + " (expected: in a pipeline)");
    }
    return processor;
  }

  /** Sends a request of so many traces, or {@link #MALFORMED}, and returns its reply. */
  FakeReply send(String receiver, int items) {
    FakeReply reply = new FakeReply();
    send(receiver, items == MALFORMED ? new byte[] {0x0a, 5} : spans(items, new byte[0]), reply);
    return reply;
  }

  /** Sends a request whose {@value #RESERVED_BYTES} bytes have been reserved. */
  void send(String receiver, byte[] request, FakeReply reply) {
    send(receiver, request, RequestContext.EMPTY, reply);
  }

  void send(String receiver, byte[] request, RequestContext context, FakeReply reply) {
    budget.charge(RESERVED_BYTES);
    door(receiver)
        .enter(
            new InboundRequest(
                Signal.TRACES, request, 0, request.length, RESERVED_BYTES, context, "grpc"),
            reply);
  }

  /** Returns a request of so many equal spans; each field is at most 127 bytes long. */
  static byte[] spans(int count, byte[] span) {
    byte[] records = new byte[0];
    for (int i = 0; i < count; i++) {
      records = concat(records, field(2, span));
    }
    return field(1, field(2, records));
  }

  static byte[] field(int number, byte[] content) {
    return concat(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Returns the value of one series, 0 without it; {@code labels} as they are exposed. */
  long metric(String name, String labels) {
    String series = name + (labels.isEmpty() ? "" : "{" + labels + "}") + " ";
    return PrometheusText.write(metrics)
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> Long.parseLong(line.substring(series.length())))
        .findFirst()
        .orElse(0);
  }

  /** Returns what the books say of one edge of a traces pipeline. */
  long items(String pipeline, String exporter, String outcome, String reason) {
    return metric(
        "millrace_items_total",
        "exporter=\"%s\",outcome=\"%s\",pipeline=\"%s\",reason=\"%s\",signal=\"traces\""
            .formatted(exporter, outcome, pipeline, reason));
  }

  long residual(String pipeline, String exporter) {
    return metric("millrace_ledger_residual_items", edge(pipeline, exporter));
  }

  long residualBytes(String pipeline, String exporter) {
    return metric("millrace_ledger_residual_bytes", edge(pipeline, exporter));
  }

  long heldBytes(String pipeline, String exporter) {
    return metric("millrace_held_bytes", edge(pipeline, exporter));
  }

  long held(String pipeline, String exporter) {
    return metric("millrace_held_items", edge(pipeline, exporter));
  }

  private static String edge(String pipeline, String exporter) {
    return "exporter=\"%s\",pipeline=\"%s\"".formatted(exporter, pipeline);
  }

  record NoConfig() {}

  private final class Receivers implements ReceiverFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Receiver create(ComponentContext context, NoConfig config, Door door) {
      doors.put(context.id().toString(), door);
      receiverContexts.put(context.id().toString(), context);
      return new FakeReceiver("receiver " + context.id(), lifecycle);
    }
  }

  private final class Processors implements ProcessorFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public boolean settlesAsHeld() {
      return processorsHold;
    }

    @Override
    public Processor create(
        ComponentContext context, NoConfig config, Signal signal, Consumer next) {
      FakeProcessor processor = new FakeProcessor("processor " + context.id(), lifecycle, next);
      onProcessor.accept(processor);
      processors.put(context.id().toString(), processor);
      return processor;
    }
  }

  private final class Exporters implements ExporterFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Exporter create(ComponentContext context, NoConfig config, Signal signal) {
      exportersCreated++;
      ask(context);
      return exporter(context.id().toString());
    }
  }

  private static final class Connectors implements ConnectorFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Connector create(
        ComponentContext context, NoConfig config, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  private final class Extensions implements ExtensionFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Extension create(ComponentContext context, NoConfig config) {
      ask(context);
      return new FakeReceiver("extension " + context.id(), lifecycle);
    }
  }

  /** A receiver and an extension that note their lives. */
  private record FakeReceiver(String name, List<String> lifecycle) implements Receiver, Extension {
    @Override
    public void start() {
      lifecycle.add("start " + name);
    }

    @Override
    public void pipelinesReady() {
      lifecycle.add("ready " + name);
    }

    @Override
    public void pipelinesStopping() {
      lifecycle.add("stopping " + name);
    }

    @Override
    public void shutdown() {
      lifecycle.add("shutdown " + name);
    }
  }
}
