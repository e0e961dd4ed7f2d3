package io.millrace.exporter.otlphttp;

import io.millrace.exporter.sending.BatchedQueue;
import io.millrace.exporter.sending.QueueConfig;

/** The {@code otlphttp} exporter keeps to the contract although its queue joins requests. */
class OtlpHttpExporterBatchContractTest extends OtlpHttpExporterContractTest {
  @Override
  protected QueueConfig queue() {
    return BatchedQueue.CONFIG;
  }
}
