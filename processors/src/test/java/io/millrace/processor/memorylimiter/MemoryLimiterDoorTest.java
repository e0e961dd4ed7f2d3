package io.millrace.processor.memorylimiter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.InboundRequest;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.component.Reply;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.pipeline.GraphHost;
import io.millrace.pipeline.PipelineGraph;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.OtlpSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pipelines with one {@code memory_limiter}, from the door to an exporter that keeps what it
 * gets. Each request claims 4 MiB; refusal begins at 80 of 100 MiB.
 */
class MemoryLimiterDoorTest {
  private static final int MIB = 1 << 20;
  private static final int REQUEST_BYTES = 4 * MIB;

  /** With the next one 80 MiB would be held. */
  private static final int ADMITTED = 20;

  private static final String YAML =
      """
      receivers:
        in:
      processors:
        memory_limiter: {check_interval: 1s, limit_mib: 100}
      exporters:
        out:
      service:
        pipelines:
          traces: {receivers: [in], processors: [memory_limiter], exporters: [out]}
          logs: {receivers: [in], processors: [memory_limiter], exporters: [out]}
      """;

  record Nothing() {}

  private final Queue<OtlpBatch> held = new ConcurrentLinkedQueue<>();
  private final List<Long> hints = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private final ByteBudget budget = new ByteBudget(1000L * MIB);
  private final MetricRegistry metrics = new MetricRegistry();
  private final In in = new In();
  private int accepted;

  @TempDir Path folder;

  private PipelineGraph graph;

  @BeforeEach
  void start() throws Exception {
    Path file = Files.writeString(folder.resolve("limited.yaml"), YAML);
    CollectorConfig config =
        ConfigLoader.load(
            List.of(file.toString()),
            List.of(),
            Map.of(),
            List.of(in, new MemoryLimiterFactory(_ -> new NoReadings()), new Out()));
    graph =
        PipelineGraph.build(
            config, new GraphHost(new ManualClock(), () -> 0.5, metrics, budget, e -> {}));
    graph.start();
  }

  @AfterEach
  void shutDown() {
    held.forEach(batch -> batch.ack().delivered());
    graph.shutdown(Duration.ofSeconds(10));
    assertThat(rejections).isEmpty();
  }

  @Test
  void refusesEverySignalWithAHintAndResumesWhenThereIsRoom() {
    for (int i = 0; i < ADMITTED; i++) {
      send(i % 2 == 0 ? Signal.TRACES : Signal.LOGS);
    }
    assertThat(accepted).isEqualTo(ADMITTED);

    send(Signal.TRACES);
    send(Signal.LOGS);
    assertThat(hints).hasSize(2).allMatch(nanos -> nanos >= Duration.ofMillis(100).toNanos());
    assertThat(budget.used()).isEqualTo((long) ADMITTED * REQUEST_BYTES);
    assertThat(refused("spans")).isEqualTo(1);
    assertThat(refused("log_records")).isEqualTo(1);

    await().until(() -> held.size() == ADMITTED);
    held.remove().ack().delivered();
    send(Signal.LOGS);
    assertThat(accepted).isEqualTo(ADMITTED + 1);
    send(Signal.TRACES);
    assertThat(hints).hasSize(3);
  }

  private long refused(String items) {
    return metrics
        .counter(
            "otelcol_processor_memory_limiter_refused_" + items, "", "processor", "memory_limiter")
        .value();
  }

  private void send(Signal signal) {
    byte[] body = signal == Signal.TRACES ? OtlpSamples.spanBytes(1) : OtlpSamples.logBytes(1);
    assertThat(budget.tryReserve(REQUEST_BYTES)).isTrue();
    requireNonNull(in.door)
        .enter(
            new InboundRequest(
                signal, body, 0, body.length, REQUEST_BYTES, RequestContext.EMPTY, "grpc"),
            new Sender());
  }

  /** Confined to the test's thread: replies come before {@code enter} returns. */
  private final class Sender implements Reply {
    @Override
    public void accepted() {
      accepted++;
    }

    @Override
    public void refused(String reason, long retryAfterNanos) {
      assertThat(reason).isEqualTo("memory_limited");
      hints.add(retryAfterNanos);
    }

    @Override
    public void rejected(String reason) {
      rejections.add(reason);
    }

    @Override
    public void tooLarge(String reason) {
      rejections.add(reason);
    }
  }

  private static final class In implements ReceiverFactory<Nothing> {
    @Nullable Door door;

    @Override
    public String type() {
      return "in";
    }

    @Override
    public Nothing defaultConfig() {
      return new Nothing();
    }

    @Override
    public Receiver create(ComponentContext context, Nothing config, Door itsDoor) {
      door = itsDoor;
      return new Receiver() {};
    }
  }

  private final class Out implements ExporterFactory<Nothing> {
    @Override
    public String type() {
      return "out";
    }

    @Override
    public Nothing defaultConfig() {
      return new Nothing();
    }

    @Override
    public Exporter create(ComponentContext context, Nothing config, Signal signal) {
      return new Exporter() {
        @Override
        public void consume(OtlpBatch batch) {
          held.add(batch);
        }

        @Override
        public long heldItems() {
          return held.size();
        }
      };
    }
  }
}
