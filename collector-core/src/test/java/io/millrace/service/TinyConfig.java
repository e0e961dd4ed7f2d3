package io.millrace.service;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.Listener;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfiguredComponent;
import io.millrace.config.LogsConfig;
import io.millrace.config.PipelineConfig;
import io.millrace.config.PipelineId;
import io.millrace.config.ServiceConfig;
import io.millrace.config.TelemetryConfig;
import io.millrace.config.TelemetryConfig.Metrics;
import io.millrace.config.TelemetryConfig.Prometheus;
import io.millrace.config.TelemetryConfig.Pull;
import io.millrace.config.TelemetryConfig.PullExporter;
import io.millrace.config.TelemetryConfig.Reader;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The least configuration that runs, with hooks into its two components. */
final class TinyConfig {
  static final ComponentId ID = ComponentId.parse("tiny");

  final CountDownLatch receiverStarted = new CountDownLatch(1);
  final AtomicInteger starts = new AtomicInteger();
  final CountDownLatch exporterShutdown = new CountDownLatch(1);
  final AtomicReference<@Nullable ComponentContext> context = new AtomicReference<>();
  volatile @Nullable IOException startFailure;

  /** Each fails one start. */
  final Queue<IOException> startFailures = new ConcurrentLinkedQueue<>();

  volatile List<InetSocketAddress> listensOn = List.of();
  volatile Runnable onExporterShutdown = () -> {};
  volatile MetricLevel level = MetricLevel.NORMAL;
  volatile @Nullable Integer limitMib;

  CollectorConfig build() {
    PipelineConfig pipeline = new PipelineConfig(List.of(ID), List.of(), List.of(ID), null);
    return new CollectorConfig(
        Map.of(ID, new ConfiguredComponent(ID, new Receivers(), new NoConfig())),
        Map.of(),
        Map.of(ID, new ConfiguredComponent(ID, new Exporters(), new NoConfig())),
        Map.of(),
        new ServiceConfig(
            List.of(), Map.of(PipelineId.parse("logs"), pipeline), telemetry(), limitMib));
  }

  /** Metrics on an ephemeral port. */
  private TelemetryConfig telemetry() {
    Reader reader = new Reader(new Pull(new PullExporter(new Prometheus("127.0.0.1", 0))));
    return new TelemetryConfig(
        new Metrics(level, List.of(reader), null),
        LogsConfig.of(LogsConfig.Level.INFO),
        Map.of("deployment.environment.name", "test"));
  }

  void awaitStart() throws InterruptedException {
    receiverStarted.await();
  }

  record NoConfig() {}

  /** Listens on a port that it cannot share. */
  private record FakeListener(InetSocketAddress address) implements Listener {
    @Override
    public boolean offer() {
      return false;
    }

    @Override
    public void withdraw() {}

    @Override
    public void close() {}
  }

  private final class Receivers implements ReceiverFactory<NoConfig> {
    @Override
    public String type() {
      return "tiny";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Receiver create(ComponentContext receiverContext, NoConfig config, Door door) {
      context.set(receiverContext);
      return new Receiver() {
        @Override
        public void start() throws IOException {
          IOException failure = startFailures.isEmpty() ? startFailure : startFailures.poll();
          if (failure != null) {
            throw failure;
          }
          starts.incrementAndGet();
          receiverStarted.countDown();
        }

        @Override
        public List<Listener> listeners() {
          return listensOn.stream().<Listener>map(FakeListener::new).toList();
        }
      };
    }
  }

  private final class Exporters implements ExporterFactory<NoConfig> {
    @Override
    public String type() {
      return "tiny";
    }

    @Override
    public NoConfig defaultConfig() {
      return new NoConfig();
    }

    @Override
    public Exporter create(ComponentContext exporterContext, NoConfig config, Signal signal) {
      return new Exporter() {
        @Override
        public void consume(OtlpBatch batch) {
          batch.ack().delivered();
        }

        @Override
        public void shutdown() {
          onExporterShutdown.run();
          exporterShutdown.countDown();
        }
      };
    }
  }
}
