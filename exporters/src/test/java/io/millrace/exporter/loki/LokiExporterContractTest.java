package io.millrace.exporter.loki;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.RemoteExporterContract;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code loki} exporter keeps to what every remote exporter has to. */
class LokiExporterContractTest extends RemoteExporterContract {
  private FakeLoki destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new FakeLoki();
  }

  @AfterEach
  void close() {
    destination.close();
  }

  @Override
  protected Set<Signal> signals() {
    return Set.of(Signal.LOGS);
  }

  /** Returns what the exporter's queue does beside queueing. */
  protected String queue() {
    return "";
  }

  @Override
  protected Destination destination() {
    return destination;
  }

  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    LokiExporterConfig config =
        Configs.of(
            destination.url(), "timeout: 1s\nretry_on_failure: {enabled: false}\n" + queue());
    return new LokiExporterFactory().create(context, config, signal);
  }
}
