package io.millrace.exporter.otlphttp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.Destination;
import io.millrace.testkit.contract.OtlpExporterContract;
import io.millrace.transport.Compression;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The {@code otlphttp} exporter keeps to what every exporter of OTLP has to. */
class OtlpHttpExporterContractTest extends OtlpExporterContract {
  private HttpDestination destination;

  @BeforeEach
  void listen() throws IOException {
    destination = new HttpDestination();
  }

  @AfterEach
  void close() {
    destination.close();
  }

  /** Returns what the exporter's queue does beside queueing. */
  protected QueueConfig queue() {
    return QueueConfig.DEFAULT;
  }

  @Override
  protected Destination destination() {
    return destination;
  }

  @Override
  protected Exporter create(ComponentContext context, Signal signal) {
    OtlpHttpExporterConfig config =
        Configs.of(destination.url(""), Compression.GZIP, Encoding.PROTO, queue());
    return new OtlpHttpExporterFactory().create(context, config, signal);
  }
}
