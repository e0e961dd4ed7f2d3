package io.millrace.exporter.tempo;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.config.ConfigException;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.OtlpExporterContract;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code tempo} exporter keeps to what every exporter of OTLP has to. */
class TempoExporterContractTest extends OtlpExporterContract {
  private FakeTempo destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new FakeTempo();
  }

  @AfterEach
  void close() {
    destination.close();
  }

  @Override
  protected Set<Signal> signals() {
    return Set.of(Signal.TRACES);
  }

  @Override
  protected Destination destination() {
    return destination;
  }

  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    try {
      String more = "timeout: 1s\nretry_on_failure: {enabled: false}";
      return new TempoExporterFactory()
          .create(context, Configs.of(destination.endpoint(), more), signal);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
