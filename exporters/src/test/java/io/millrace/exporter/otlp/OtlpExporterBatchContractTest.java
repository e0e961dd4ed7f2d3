package io.millrace.exporter.otlp;

/** The {@code otlp} exporter keeps to the contract although its queue joins requests. */
class OtlpExporterBatchContractTest extends OtlpExporterContractTest {
  @Override
  protected String queue() {
    return "sending_queue: {batch: {flush_timeout: 20ms, min_size: 24, max_size: 27}}\n";
  }
}
