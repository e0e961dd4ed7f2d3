package io.millrace.processor.batch;

import io.millrace.component.ComponentContext;
import io.millrace.pdata.OtlpBatch;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.SizeBounds;
import io.millrace.telemetry.UpDownCounter;

/**
 * The processor's metrics, under the collector's names; instances of one id share them. Thread
 * safe.
 */
final class BatchMetrics {
  private static final String PREFIX = "otelcol_processor_batch_";

  private final Histogram items;
  private final Histogram bytes;
  private final Counter sizeTriggers;
  private final Counter timeoutTriggers;
  private final UpDownCounter cardinality;

  BatchMetrics(ComponentContext context) {
    MetricRegistry metrics = context.metrics().at(MetricLevel.NORMAL);
    String[] labels = {"processor", context.id().toString()};
    items =
        metrics.histogram(
            PREFIX + "batch_send_size", "Items of the batches sent.", SizeBounds.items(), labels);
    bytes =
        metrics
            .at(MetricLevel.DETAILED)
            .histogram(
                PREFIX + "batch_send_size_bytes",
                "Bytes of the batches sent.",
                SizeBounds.bytes(),
                labels);
    sizeTriggers =
        metrics.counter(
            PREFIX + "batch_size_trigger_send", "Batches sent because of their size.", labels);
    timeoutTriggers =
        metrics.counter(
            PREFIX + "timeout_trigger_send", "Batches sent because of their age.", labels);
    cardinality =
        metrics.upDownCounter(
            PREFIX + "metadata_cardinality",
            "Combinations of metadata values seen; without a limit those that have items waiting.",
            labels);
  }

  /** Counts a batch that is sent; the trigger is counted beside it. */
  void sent(OtlpBatch batch) {
    items.record(batch.items());
    bytes.record(batch.length());
  }

  Counter sizeTriggers() {
    return sizeTriggers;
  }

  Counter timeoutTriggers() {
    return timeoutTriggers;
  }

  UpDownCounter cardinality() {
    return cardinality;
  }
}
