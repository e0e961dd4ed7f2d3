package io.millrace.exporter.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.Compression;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.OtlpExporterContract;
import io.millrace.transport.ClientTlsConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code otlp} exporter keeps to what every exporter of OTLP has to. */
class OtlpExporterContractTest extends OtlpExporterContract {
  private static final RetryConfig ONCE =
      new RetryConfig(false, Duration.ZERO, 1, 0, Duration.ZERO, Duration.ZERO);

  private GrpcDestination destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new GrpcDestination();
  }

  @AfterEach
  void close() {
    destination.close();
  }

  @Override
  protected Destination destination() {
    return destination;
  }

  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    OtlpExporterConfig config =
        new OtlpExporterConfig(
            "localhost:" + destination.port(),
            ClientTlsConfig.PLAINTEXT,
            Map.of(),
            Compression.GZIP,
            Duration.ofSeconds(5),
            ONCE,
            QueueConfig.DEFAULT);
    return new OtlpExporterFactory().create(context, config, signal);
  }
}
