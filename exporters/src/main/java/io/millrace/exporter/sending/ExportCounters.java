package io.millrace.exporter.sending;

import io.millrace.component.ComponentId;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;

/**
 * Counts the items of one exporter under the collector's names.
 *
 * <p>Every item that was queued is in the end either sent or send_failed; enqueue_failed, of what
 * was never queued, is the pipeline's. Unlike the collector's, {@code sent} leaves out what the
 * backend rejected from a batch that it took. At the level {@code detailed} what failed is told
 * apart by why. Thread safe.
 */
final class ExportCounters {
  private static final String SENT = "Items the backend took.";
  private static final String SEND_FAILED = "Items given up after they were queued.";

  private final MetricRegistry metrics;
  private final String exporter;
  private final Signal signal;
  private final Counter sent;
  private final Counter sendFailed;

  ExportCounters(MetricRegistry metrics, ComponentId id, Signal signal) {
    this.metrics = metrics;
    this.exporter = id.toString();
    this.signal = signal;
    this.sent = metrics.counter(name("sent"), SENT, "exporter", exporter);
    this.sendFailed = metrics.counter(name("send_failed"), SEND_FAILED, "exporter", exporter);
  }

  private String name(String what) {
    return "otelcol_exporter_" + what + "_" + signal.items();
  }

  void sent(int items) {
    sent.add(items);
  }

  /**
   * Counts what was given up.
   *
   * @param errorType as {@link ErrorType} names it
   * @param isPermanent whether sending it again could not help
   */
  void sendFailed(int items, String errorType, boolean isPermanent) {
    if (items > 0) {
      failed(errorType, isPermanent).add(items);
    }
  }

  private Counter failed(String errorType, boolean isPermanent) {
    return metrics.includes(MetricLevel.DETAILED)
        ? metrics.counter(
            name("send_failed"),
            SEND_FAILED,
            "exporter",
            exporter,
            "error_type",
            errorType,
            "error_permanent",
            Boolean.toString(isPermanent))
        : sendFailed;
  }
}
