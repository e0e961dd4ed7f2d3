package io.millrace.exporter.otlphttp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.CompressionParams;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.RemoteExporterContract;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code otlphttp} exporter keeps, in JSON, to what every exporter with a backend has to. */
class OtlpHttpJsonContractTest extends RemoteExporterContract {
  private static final RetryConfig ONCE =
      new RetryConfig(false, Duration.ZERO, 1, 0, Duration.ZERO, Duration.ZERO);

  private HttpDestination destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new HttpDestination();
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
    OtlpHttpExporterConfig config =
        new OtlpHttpExporterConfig(
            destination.url(""),
            null,
            null,
            null,
            null,
            ClientTlsConfig.DEFAULT,
            Map.of(),
            null,
            Compression.ZSTD,
            CompressionParams.DEFAULT,
            Encoding.JSON,
            Duration.ofSeconds(1),
            ONCE,
            QueueConfig.DEFAULT,
            null);
    return new OtlpHttpExporterFactory().create(context, config, signal);
  }
}
