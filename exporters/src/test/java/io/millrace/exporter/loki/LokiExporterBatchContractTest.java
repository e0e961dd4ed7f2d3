package io.millrace.exporter.loki;

/** The {@code loki} exporter keeps to the contract although its queue joins requests. */
class LokiExporterBatchContractTest extends LokiExporterContractTest {
  @Override
  protected String queue() {
    return "sending_queue: {batch: {flush_timeout: 20ms, min_size: 24, max_size: 27}}\n";
  }
}
