package io.millrace.testkit.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentFactory;
import io.millrace.component.ComponentId;
import io.millrace.component.Consumer;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.InboundRequest;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.component.Reply;
import io.millrace.config.AckLevel;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.config.ServiceConfig;
import io.millrace.config.TelemetryConfig;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement.Kind;
import io.millrace.pdata.Signal;
import io.millrace.pipeline.GraphHost;
import io.millrace.pipeline.PipelineGraph;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.OtlpSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The real door, ring and fan-out between processors that join, drop, split and throw and exporters
 * that settle anyhow answer every sender once, as a model says, and keep their books.
 *
 * <p>To repeat a failure, run with {@code -DargLine=-Dmillrace.seed=<printed seed>}.
 */
final class PipelineAckTest {
  private static final int GRAPHS = 20;
  private static final int REQUESTS = 150;

  /** How often a sender's items are cut on their way, by a stage each. */
  private static final int CUTS_MAX = 4;

  private final long firstSeed = Long.getLong("millrace.seed", System.nanoTime());

  private record NoConfig() {}

  /** Remembers every answer to one sender. */
  private static final class Answers implements Reply {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Override
    public void accepted() {
      heard.add("accepted");
    }

    @Override
    public void refused(String reason, long retryAfterNanos) {
      heard.add("refused");
    }

    @Override
    public void rejected(String reason) {
      heard.add("rejected");
    }

    @Override
    public void tooLarge(String reason) {
      heard.add("too large");
    }
  }

  @Test
  void everySenderIsAnsweredOnceAndAsTheModelSays() throws Exception {
    for (long seed = firstSeed; seed < firstSeed + GRAPHS; seed++) {
      try {
        run(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(long seed) throws Exception {
    Fates fates = new Fates();
    MetricRegistry metrics = new MetricRegistry();
    ByteBudget budget = new ByteBudget(64 << 20);
    AtomicReference<Door> door = new AtomicReference<>();
    List<Answers> senders = new ArrayList<>();
    try (ExecutorService others = Executors.newFixedThreadPool(3)) {
      GraphHost host = new GraphHost(Clock.SYSTEM, () -> 0.5, metrics, budget, error -> {});
      RandomStages stages = new RandomStages(fates, seed);
      PipelineGraph graph = PipelineGraph.build(config(stages, others, door), host);
      graph.start();
      Random random = new Random(seed);
      for (int sender = 0; sender < REQUESTS; sender++) {
        senders.add(send(Objects.requireNonNull(door.get()), fates, sender, 1 + random.nextInt(6)));
      }
      graph.shutdown(Duration.ofSeconds(20));
    }
    for (int sender = 0; sender < REQUESTS; sender++) {
      assertThat(senders.get(sender).heard).containsExactly(answerTo(fates.of(sender)));
    }
    assertThat(budget.used()).as("bytes still reserved").isZero();
    assertBooks(fates, metrics);
  }

  /**
   * Fails unless every edge counts the items that ended each way, and the bytes they came in; what
   * a shutdown has not found to end stands there as abandoned, which no item should be.
   */
  private static void assertBooks(Fates fates, MetricRegistry metrics) {
    Map<String, Long> items = ends(metrics, "millrace_items_total");
    Map<String, Long> bytes = ends(metrics, "millrace_bytes_total");
    Map<String, Fates.Total> expected = fates.books();
    assertThat(items.keySet()).isEqualTo(expected.keySet());
    expected.forEach((end, total) -> {
      assertThat(items).as("items").containsEntry(end, total.items());
      assertThat((double) Objects.requireNonNull(bytes.get(end)))
          .as("bytes of %s", end)
          .isCloseTo(total.bytes(), within((double) CUTS_MAX * total.batches()));
    });
  }

  /** Returns what has ended, by edge, outcome and reason. */
  private static Map<String, Long> ends(MetricRegistry metrics, String name) {
    Map<String, Long> ends = new TreeMap<>();
    Matcher line =
        Pattern.compile(
                name
                    + "\\{exporter=\"(\\w+)\",outcome=\"(\\w+)\",pipeline=\"traces\","
                    + "reason=\"(\\w*)\",signal=\"traces\"\\} ([1-9]\\d*)")
            .matcher(PrometheusText.write(metrics));
    while (line.find()) {
      if (!line.group(2).equals("accepted")) {
        ends.put(
            line.group(1) + " " + line.group(2) + " " + line.group(3),
            Long.parseLong(line.group(4)));
      }
    }
    return ends;
  }

  private static Answers send(Door door, Fates fates, int sender, int items) {
    byte[] body = fates.receive(sender, OtlpSamples.spanBytes(items), items);
    Answers answers = new Answers();
    door.budget().charge(body.length);
    door.enter(
        new InboundRequest(
            Signal.TRACES, body, 0, body.length, body.length, RequestContext.EMPTY, "test"),
        answers);
    return answers;
  }

  private static String answerTo(Kind fate) {
    return switch (fate) {
      case DELIVERED, HELD, DROPPED -> "accepted";
      case REJECTED -> "rejected";
      case REFUSED -> "refused";
    };
  }

  private static CollectorConfig config(
      RandomStages stages, ExecutorService others, AtomicReference<Door> door) {
    Map<ComponentId, ConfiguredComponent> receivers = configured(new Receivers(door), "in");
    Map<ComponentId, ConfiguredComponent> processors =
        configured(new Processors(stages), "joiner", "filter", "splitter", "joiner/behind");
    Map<ComponentId, ConfiguredComponent> exporters =
        configured(new Exporters(stages, others), RandomStages.EDGES.toArray(String[]::new));
    PipelineConfig pipeline =
        new PipelineConfig(
            List.copyOf(receivers.keySet()),
            List.copyOf(processors.keySet()),
            List.copyOf(exporters.keySet()),
            AckLevel.DELIVERED);
    ServiceConfig service =
        new ServiceConfig(
            List.of(), Map.of(PipelineId.parse("traces"), pipeline), TelemetryConfig.DEFAULT, null);
    return new CollectorConfig(receivers, processors, exporters, Map.of(), service);
  }

  private static Map<ComponentId, ConfiguredComponent> configured(
      ComponentFactory<NoConfig> factory, String... types) {
    Map<ComponentId, ConfiguredComponent> configured = new LinkedHashMap<>();
    for (String type : types) {
      ComponentId id = ComponentId.parse(type);
      configured.put(id, new ConfiguredComponent(id, factory, new NoConfig()));
    }
    return configured;
  }

  private record Receivers(AtomicReference<Door> at) implements ReceiverFactory<NoConfig> {
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
      at.set(door);
      return new Receiver() {};
    }
  }

  private record Processors(RandomStages stages) implements ProcessorFactory<NoConfig> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Processor create(
        ComponentContext context, NoConfig config, Signal signal, Consumer next) {
      return switch (context.id().type()) {
        case "joiner" -> stages.joiner(next);
        case "filter" -> stages.filter(next);
        default -> stages.splitter(next);
      };
    }
  }

  private record Exporters(RandomStages stages, ExecutorService others)
      implements ExporterFactory<NoConfig> {
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
      return new Draining(stages.exporter(context.id().type(), others), others);
    }
  }

  /** Waits for its answers when it is shut down, as exporters do. */
  private record Draining(Exporter exporter, ExecutorService others) implements Exporter {
    @Override
    public void consume(OtlpBatch batch) {
      exporter.consume(batch);
    }

    @Override
    public void shutdown() {
      others.close();
    }
  }
}
