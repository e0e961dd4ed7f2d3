package io.millrace.exporter.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.exporter.otlpgrpc.OtlpGrpcConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.OtlpExporterContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code otlp} exporter keeps to what every exporter of OTLP has to. */
class OtlpExporterContractTest extends OtlpExporterContract {
  private GrpcDestination destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new GrpcDestination();
  }

  @AfterEach
  void close() {
    destination.close();
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
    OtlpGrpcConfig config =
        Configs.of(
            "localhost:" + destination.port(),
            "tls: {insecure: true}\ntimeout: 1s\nretry_on_failure: {enabled: false}\n" + queue());
    return new OtlpExporterFactory().create(context, config, signal);
  }
}
