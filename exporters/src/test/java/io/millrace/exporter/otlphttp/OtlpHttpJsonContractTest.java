package io.millrace.exporter.otlphttp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.RemoteExporterContract;
import io.millrace.transport.Compression;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code otlphttp} exporter keeps, in JSON, to what every exporter with a backend has to. */
class OtlpHttpJsonContractTest extends RemoteExporterContract {
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
        Configs.of(destination.url(""), Compression.ZSTD, Encoding.JSON, QueueConfig.DEFAULT);
    return new OtlpHttpExporterFactory().create(context, config, signal);
  }
}
