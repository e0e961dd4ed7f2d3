package io.millrace.exporter.sending;

import io.millrace.component.ComponentId;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;

/**
 * Counts the items of one exporter under the collector's names.
 *
 * <p>Every item that was queued is in the end either sent or send_failed; enqueue_failed, of what
 * was never queued, is the pipeline's. Unlike the collector's, {@code sent} leaves out what the
 * backend rejected from a batch that it took. Thread safe.
 */
final class ExportCounters {
  private final Counter sent;
  private final Counter sendFailed;

  ExportCounters(MetricRegistry metrics, ComponentId id, Signal signal) {
    this.sent = counter(metrics, "sent", "Items the backend took.", id, signal);
    this.sendFailed =
        counter(metrics, "send_failed", "Items given up after they were queued.", id, signal);
  }

  private static Counter counter(
      MetricRegistry metrics, String what, String help, ComponentId id, Signal signal) {
    String name = "otelcol_exporter_" + what + "_" + signal.items();
    return metrics.counter(name, help, "exporter", id.toString());
  }

  void sent(int items) {
    sent.add(items);
  }

  void sendFailed(int items) {
    sendFailed.add(items);
  }
}
