package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's own metrics, as Prometheus' tools and the collector's dashboards read them. */
class OwnMetricsTest {
  private static final List<String> COLLECTOR =
      List.of(
          "otelcol_process_uptime ",
          "otelcol_process_cpu_seconds ",
          "otelcol_process_memory_rss ",
          "otelcol_process_runtime_heap_alloc_bytes ",
          "otelcol_process_runtime_total_alloc_bytes ",
          "otelcol_process_runtime_total_sys_memory_bytes ",
          "otelcol_receiver_accepted_spans{receiver=\"otlp\",transport=\"grpc\"} 2\n",
          "otelcol_receiver_refused_spans{receiver=\"otlp\",transport=\"grpc\"} 0\n",
          "otelcol_receiver_failed_spans{receiver=\"otlp\",transport=\"grpc\"} 0\n",
          "otelcol_processor_incoming_items{otel_signal=\"traces\",processor=\"batch\"} 2\n",
          "otelcol_processor_outgoing_items{otel_signal=\"traces\",processor=\"batch\"} 2\n",
          "otelcol_processor_memory_limiter_accepted_spans{processor=\"memory_limiter\"} 2\n",
          "otelcol_processor_memory_limiter_refused_spans{processor=\"memory_limiter\"} 0\n",
          "otelcol_processor_batch_batch_send_size_count{processor=\"batch\"} ",
          "otelcol_processor_batch_batch_send_size_bytes_count{processor=\"batch\"} ",
          "otelcol_processor_batch_batch_size_trigger_send{processor=\"batch\"} ",
          "otelcol_processor_batch_timeout_trigger_send{processor=\"batch\"} ",
          "otelcol_processor_batch_metadata_cardinality{processor=\"batch\"} ",
          "otelcol_processor_internal_duration_count{otel_signal=\"traces\",processor=\"batch\"} ",
          "otelcol_exporter_enqueue_size_count{exporter=\"otlp/out\"} ",
          "otelcol_exporter_enqueue_size_bytes_count{exporter=\"otlp/out\"} ",
          "otelcol_exporter_queue_batch_send_size_count{exporter=\"otlp/out\"} ",
          "otelcol_exporter_queue_batch_send_size_bytes_count{exporter=\"otlp/out\"} ",
          "otelcol_exporter_sent_spans{exporter=\"otlp/out\"} 2\n",
          "otelcol_exporter_send_failed_spans{exporter=\"otlp/out\"} 0\n",
          "otelcol_exporter_enqueue_failed_spans{exporter=\"otlp/out\"} 0\n",
          "otelcol_exporter_queue_size{data_type=\"traces\",exporter=\"otlp/out\"} 0\n",
          "otelcol_exporter_queue_capacity{data_type=\"traces\",exporter=\"otlp/out\"} 1000\n",
          "otelcol_exporter_in_flight_requests{data_type=\"traces\",exporter=\"otlp/out\"} 0\n");

  private static final List<String> OURS =
      List.of(
          "rpc_server_call_duration_count{rpc_method=\"opentelemetry.proto.collector.trace.v1"
              + ".TraceService/Export\",rpc_response_status_code=\"OK\",rpc_system_name=\"grpc\"} ",
          "millrace_exporter_attempt_duration_seconds_count{exporter=\"otlp/out\","
              + "outcome=\"success\"} ",
          "target_info{service_instance_id=\"",
          "jvm_memory_used_bytes{area=\"heap\"} ",
          "jvm_gc_collection_seconds_count{gc=\"",
          "millrace_ring_high_water{pipeline=\"traces\"} ",
          "millrace_exporter_queue_high_water{data_type=\"traces\",exporter=\"otlp/out\"} ",
          "millrace_items_total{exporter=\"otlp/out\",outcome=\"delivered\",pipeline=\"traces\","
              + "reason=\"\",signal=\"traces\"} 2\n",
          "millrace_held_items{exporter=\"otlp/out\",pipeline=\"traces\"} 0\n",
          "millrace_ledger_residual_items{exporter=\"otlp/out\",pipeline=\"traces\"} 0\n",
          "millrace_delivery_duration_seconds_count{exporter=\"otlp/out\",pipeline=\"traces\","
              + "signal=\"traces\"} ",
          "millrace_receiver_request_duration_seconds_count{receiver=\"otlp\",signal=\"traces\","
              + "transport=\"grpc\"} ");

  @TempDir Path folder;

  /** Scenario: two spans go through. Guarantees: dashboards made for the collector find them. */
  @Test
  void haveTheCollectorsNamesAndLabelsAndOursBeside() throws Exception {
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = start(sink)) {
      sendOne(millrace);
      await().untilAsserted(() -> assertThat(millrace.metrics()).contains(COLLECTOR));
      assertThat(millrace.metrics()).contains(OURS);
    }
  }

  @Test
  void promtoolComplainsOfNamesThatTheCollectorGaveAlone() throws Exception {
    Optional<Path> program = PrometheusServer.program();
    if (program.isEmpty()) {
      return;
    }
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = start(sink)) {
      sendOne(millrace);

      String complaints = PrometheusServer.complaints(program.get(), millrace.metrics());

      assertThat(complaints.lines().filter(line -> !line.startsWith("otelcol_"))).isEmpty();
    }
  }

  private static void sendOne(RunningMillrace millrace) {
    try (Sdk sdk = Sdk.overGrpc(millrace.grpcPort())) {
      sdk.handle(1);
    }
  }

  private RunningMillrace start(OtlpSink sink) throws Exception {
    String components =
        """
        processors:
          memory_limiter: {check_interval: 1s, limit_percentage: 80}
          batch: {timeout: 10ms}
        exporters:
          otlp/out:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
        """
            .formatted(sink.port());
    return RunningMillrace.start(folder, components, "memory_limiter, batch", "otlp/out");
  }
}
