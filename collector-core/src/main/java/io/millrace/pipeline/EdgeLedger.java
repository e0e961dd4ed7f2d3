package io.millrace.pipeline;

import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.MetricRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The books of one edge, the way from a pipeline's door to one of its exporters.
 *
 * <p>{@code accepted + generated = delivered + dropped{reason} + returned{reason} + held}, in
 * items. <i>Returned</i> is what the sender was told to keep, which is possible only while it still
 * waits; after that the same end is <i>dropped</i>. All but <i>held</i> are counted from acks;
 * <i>held</i> is measured where batches lie, and so the difference of both sides, the residual,
 * tells of an ack that was forgotten or settled for the wrong number of items. The residual is
 * exact at rest, and off by what moves during the reading of the numbers under load.
 *
 * <p>Counts a few times per batch, never per item. Thread safe.
 */
final class EdgeLedger implements Tally {
  /** Reasons beyond these are counted as {@value #OTHER}: each is a time series. */
  static final int REASONS_MAX = 32;

  static final String OTHER = "other";

  private static final String ITEMS = "millrace_items_total";
  private static final String HELP =
      "Items of an edge: accepted + generated = delivered + dropped + returned + held.";

  private final String pipeline;
  private final String exporter;
  private final Signal signal;
  private final boolean senderWaits;
  private final MetricRegistry metrics;
  private final Counter accepted;
  private final Counter generated;
  private final Counter delivered;
  private final Counter enqueueFailed;
  private final Map<String, Counter> lost = new ConcurrentHashMap<>();

  /**
   * Opens the books.
   *
   * @param senderWaits whether the sender's reply depends on how its items end
   */
  EdgeLedger(
      String pipeline,
      String exporter,
      Signal signal,
      boolean senderWaits,
      MetricRegistry metrics) {
    this.pipeline = pipeline;
    this.exporter = exporter;
    this.signal = signal;
    this.senderWaits = senderWaits;
    this.metrics = metrics;
    this.accepted = counter("accepted", "");
    this.generated = counter("generated", "");
    this.delivered = counter("delivered", "");
    this.enqueueFailed =
        metrics.counter(
            "otelcol_exporter_enqueue_failed_" + signal.items(),
            "Items that the exporter's full queue kept out: left out of it, or refused at the door.",
            "exporter",
            exporter);
  }

  private Counter counter(String outcome, String reason) {
    return metrics.counter(
        ITEMS,
        HELP,
        "pipeline",
        pipeline,
        "exporter",
        exporter,
        "signal",
        signal.id(),
        "outcome",
        outcome,
        "reason",
        reason);
  }

  void accepted(int items) {
    accepted.add(items);
  }

  @Override
  public void generated(int items) {
    generated.add(items);
  }

  @Override
  public void ended(int items, Settlement settlement) {
    switch (settlement.kind()) {
      case DELIVERED -> delivered.add(items);
      case HELD -> {
        // Still here: whoever took the items over has them in its heldItems.
      }
      case DROPPED -> lost("dropped", settlement.reason()).add(items);
      case REJECTED, REFUSED ->
          lost(senderWaits ? "returned" : "dropped", settlement.reason()).add(items);
    }
  }

  private Counter lost(String outcome, String reason) {
    String key = outcome + ' ' + reason;
    Counter known = lost.get(key);
    if (known != null) {
      return known;
    }
    String counted = lost.size() < REASONS_MAX ? reason : OTHER;
    return lost.computeIfAbsent(outcome + ' ' + counted, k -> counter(outcome, counted));
  }

  /** Counts items that did not get into the exporter's queue; not an end by itself. */
  void enqueueFailed(int items) {
    enqueueFailed.add(items);
  }

  /** Returns the items that came in and whose end has not been counted. */
  long unended() {
    long ended = delivered.value();
    for (Counter counter : lost.values()) {
      ended += counter.value();
    }
    return accepted.value() + generated.value() - ended;
  }

  String pipeline() {
    return pipeline;
  }

  String exporter() {
    return exporter;
  }
}
