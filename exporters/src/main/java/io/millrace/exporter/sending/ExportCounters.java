package io.millrace.exporter.sending;

import io.millrace.component.ComponentId;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;

/**
 * Counts the items of one exporter under the collector's names.
 *
 * <p>Every item that was queued is in the end either sent or send_failed; enqueue_failed was
 * refused at the door and never queued. Unlike the collector's, {@code sent} leaves out what the
 * backend rejected from a batch that it took. Thread safe.
 */
final class ExportCounters {
  /** Why items are lost that a backend rejected from a batch that it took. */
  private static final String PARTIAL_SUCCESS = "partial_success";

  private final MetricRegistry metrics;
  private final String exporter;
  private final String dataType;
  private final Counter sent;
  private final Counter sendFailed;
  private final Counter enqueueFailed;

  ExportCounters(MetricRegistry metrics, ComponentId id, Signal signal) {
    this.metrics = metrics;
    this.exporter = id.toString();
    this.dataType = signal.id();
    this.sent = counter("sent", "the backend took", signal);
    this.sendFailed = counter("send_failed", "given up after they were queued", signal);
    this.enqueueFailed = counter("enqueue_failed", "refused because the queue was full", signal);
  }

  private Counter counter(String what, String help, Signal signal) {
    String name = "otelcol_exporter_" + what + "_" + signal.items();
    return metrics.counter(name, "Items " + help + ".", "exporter", exporter);
  }

  /** Counts items refused at the door. */
  void refusedAtTheDoor(int items) {
    enqueueFailed.add(items);
  }

  /** Counts a batch that the backend took but for {@code rejectedItems}, whatever it claims. */
  void sent(OtlpBatch batch, long rejectedItems) {
    long lost = Math.clamp(rejectedItems, 0, batch.items());
    sent.add(batch.items() - lost);
    if (lost > 0) {
      sendFailed.add(lost);
      dropped(PARTIAL_SUCCESS, lost);
    }
  }

  /** Counts a batch that ended otherwise. */
  void failed(OtlpBatch batch, Settlement settlement) {
    sendFailed.add(batch.items());
    if (settlement.kind() == Settlement.Kind.DROPPED) {
      dropped(settlement.reason(), batch.items());
    }
  }

  private void dropped(String reason, long items) {
    metrics
        .counter(
            "millrace_exporter_dropped_items",
            "Items lost after they were queued.",
            "exporter",
            exporter,
            "data_type",
            dataType,
            "reason",
            reason)
        .add(items);
  }
}
