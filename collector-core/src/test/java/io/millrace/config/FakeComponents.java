package io.millrace.config;

import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentFactory;
import io.millrace.component.Connector;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.Consumer;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Component types with settings of every shape; what they create does nothing. */
final class FakeComponents {
  static final List<ComponentFactory<?>> ALL =
      List.of(
          new FakeReceiver<>("otlp", new OtlpReceiverConfig(new Protocols(null, null))),
          new FakeReceiver<>("nop", new Empty()),
          new FakeProcessor<>("batch", new BatchConfig(Duration.ofMillis(200), 8192, List.of())),
          new FakeProcessor<>("attributes", new AttributesConfig(List.of())),
          new HoldingProcessor("tail_sampling", new Empty()),
          new FakeExporter<>("otlp", Set.of("otlp_grpc"), OtlpExporterConfig.DEFAULT),
          new RenamedExporter<>("debug", Set.of("logging"), new DebugConfig(Verbosity.BASIC)),
          new FakeConnector<>("forward", new Empty()),
          new FakeExtension<>("login", new LoginConfig("", new Secret(""))));

  private FakeComponents() {}

  record Empty() {}

  record OtlpReceiverConfig(Protocols protocols) implements RequiredSettings {
    @Override
    public void checkRequired(Checks checks) {
      boolean isOpen = protocols.grpc() != null || protocols.http() != null;
      checks.that(isOpen, "protocols", protocols, "grpc, http or both");
    }
  }

  record Protocols(@Nullable Grpc grpc, @Nullable Http http) {}

  record Grpc(String endpoint, int maxRecvMsgSizeMib) {
    static final Grpc DEFAULT = new Grpc("localhost:4317", 4);
    static final Set<String> WITHOUT_EFFECT = Set.of("read_buffer_size");
  }

  record Http(String endpoint) {
    static final Http DEFAULT = new Http("localhost:4318");
  }

  record BatchConfig(Duration timeout, int sendBatchSize, List<String> metadataKeys) {
    BatchConfig {
      new Checks()
          .notNegative("timeout", timeout)
          .atLeast("send_batch_size", sendBatchSize, 0)
          .throwIfAny();
    }
  }

  record AttributesConfig(List<Action> actions) {}

  record Action(String key, Verb action, @Nullable Object value) {}

  enum Verb {
    INSERT,
    UPSERT,
    DELETE
  }

  record OtlpExporterConfig(
      String endpoint,
      Map<String, Secret> headers,
      Duration timeout,
      @Nullable Tls tls,
      Queue sendingQueue) {
    OtlpExporterConfig {
      new Checks()
          .notBlank("endpoint", endpoint, "host:port")
          .notNegative("timeout", timeout)
          .throwIfAny();
    }

    static final Queue QUEUE = new Queue(true, 10, 1000L, new Batch(Duration.ofMillis(200), 0.5));
    static final OtlpExporterConfig DEFAULT =
        new OtlpExporterConfig("localhost:4317", Map.of(), Duration.ofSeconds(5), null, QUEUE);
  }

  record Tls(boolean insecure, @Nullable String caFile) {}

  record Queue(boolean enabled, int numConsumers, long queueSize, Batch batch) {
    Queue {
      new Checks()
          .atLeast("num_consumers", numConsumers, 1)
          .atLeast("queue_size", queueSize, 1)
          .that(queueSize >= numConsumers, "queue_size", queueSize, ">= num_consumers")
          .throwIfAny();
    }
  }

  record Batch(Duration flushTimeout, double fill) {}

  record DebugConfig(Verbosity verbosity) {}

  enum Verbosity {
    BASIC,
    NORMAL,
    DETAILED
  }

  record LoginConfig(String username, Secret password) {
    LoginConfig {
      new Checks()
          .that(password.value().length() != 1, "password", password, "none or a long one")
          .throwIfAny();
    }
  }

  record FakeReceiver<C extends Record>(String type, C defaultConfig)
      implements ReceiverFactory<C> {
    @Override
    public Receiver create(ComponentContext context, C config, Door door) {
      return new Receiver() {};
    }
  }

  record FakeProcessor<C extends Record>(String type, C defaultConfig)
      implements ProcessorFactory<C> {
    @Override
    public Processor create(ComponentContext context, C config, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  record HoldingProcessor(String type, Empty defaultConfig) implements ProcessorFactory<Empty> {
    @Override
    public boolean settlesAsHeld() {
      return true;
    }

    @Override
    public Processor create(ComponentContext context, Empty config, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  record FakeExporter<C extends Record>(String type, Set<String> aliases, C defaultConfig)
      implements ExporterFactory<C> {
    @Override
    public Exporter create(ComponentContext context, C config, Signal signal) {
      return FakeExporter::forget;
    }

    private static void forget(OtlpBatch batch) {}
  }

  record RenamedExporter<C extends Record>(String type, Set<String> formerTypes, C defaultConfig)
      implements ExporterFactory<C> {
    @Override
    public Exporter create(ComponentContext context, C config, Signal signal) {
      return FakeExporter::forget;
    }
  }

  record FakeConnector<C extends Record>(String type, C defaultConfig)
      implements ConnectorFactory<C> {
    @Override
    public Connector create(ComponentContext context, C config, Signal signal, Consumer next) {
      return next::consume;
    }
  }

  record FakeExtension<C extends Record>(String type, C defaultConfig)
      implements ExtensionFactory<C> {
    @Override
    public Extension create(ComponentContext context, C config) {
      return new Extension() {};
    }
  }
}
