package io.millrace.exporter.sending;

import io.millrace.component.ComponentId;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.SizeBounds;

/** How large the requests of one exporter are, and how long they take. Thread safe. */
final class ExportAttempts {
  private final Histogram enqueuedItems;
  private final Histogram enqueuedBytes;
  private final Histogram sentItems;
  private final Histogram sentBytes;
  private final Histogram taken;
  private final Histogram notTaken;

  ExportAttempts(MetricRegistry all, ComponentId id) {
    MetricRegistry metrics = all.at(MetricLevel.DETAILED);
    String[] labels = {"exporter", id.toString()};
    String prefix = "otelcol_exporter_";
    enqueuedItems =
        metrics.histogram(
            prefix + "enqueue_size", "Items of what is queued.", SizeBounds.items(), labels);
    enqueuedBytes =
        metrics.histogram(
            prefix + "enqueue_size_bytes", "Bytes of what is queued.", SizeBounds.bytes(), labels);
    sentItems =
        metrics.histogram(
            prefix + "queue_batch_send_size",
            "Items of each attempt to send.",
            SizeBounds.items(),
            labels);
    sentBytes =
        metrics.histogram(
            prefix + "queue_batch_send_size_bytes",
            "Bytes of each attempt to send.",
            SizeBounds.bytes(),
            labels);
    taken = durations(metrics, id, "success");
    notTaken = durations(metrics, id, "failure");
  }

  private static Histogram durations(MetricRegistry metrics, ComponentId id, String outcome) {
    return metrics.durations(
        "millrace_exporter_attempt_duration_seconds",
        "From an attempt to send to the backend's answer.",
        "exporter",
        id.toString(),
        "outcome",
        outcome);
  }

  void enqueued(ExportRequest request) {
    enqueuedItems.record(request.items());
    enqueuedBytes.record(request.length());
  }

  void answered(SendResult result, long nanos) {
    boolean isTaken =
        result instanceof SendResult.Delivered || result instanceof SendResult.PartialSuccess;
    (isTaken ? taken : notTaken).record(nanos);
  }

  void sent(ExportRequest request) {
    sentItems.record(request.items());
    sentBytes.record(request.length());
  }
}
