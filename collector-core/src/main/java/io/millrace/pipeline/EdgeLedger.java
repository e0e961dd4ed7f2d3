package io.millrace.pipeline;

import io.millrace.component.Clock;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.telemetry.Histogram;
import io.millrace.telemetry.MetricRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The books of one edge, the way from a pipeline's door to one of its exporters.
 *
 * <p>{@code accepted + generated = delivered + dropped{reason} + returned{reason} + held}, in items
 * and in bytes. <i>Returned</i> is what the sender was told to keep, which is possible only while
 * it still waits; after that the same end is <i>dropped</i>. All but <i>held</i> are counted from
 * acks; <i>held</i> is measured where batches lie, and so the difference of both sides, the
 * residual, tells of an ack that was forgotten or settled for the wrong number of items. The
 * residual is exact at rest, and off by what moves during the reading of the numbers under load.
 * Counters go on across reloads; what has not ended is this ledger's own.
 *
 * <p>The bytes are those that arrived: an item carries its share of its sender's request from the
 * door to its end, and no edit, cut or joining changes that. So only copies are <i>generated</i>,
 * and what an edge delivered can be set against what it accepted.
 *
 * <p>Counts a few times per batch, never per item. Thread safe.
 */
final class EdgeLedger implements Tally {
  /** Reasons beyond these are counted as {@value #OTHER}: each is a time series. */
  static final int REASONS_MAX = 32;

  static final String OTHER = "other";

  /** The reason of what somebody still had who was left behind in a shutdown. */
  static final String ABANDONED = "abandoned";

  private static final String EQUATION =
      "accepted + generated = delivered + dropped + returned + held.";

  /** What came in or ended one way. */
  private record Entry(Counter items, Counter bytes) {
    void add(long moreItems, long moreBytes) {
      items.add(moreItems);
      bytes.add(moreBytes);
    }
  }

  private final String pipeline;
  private final String exporter;
  private final Signal signal;
  private final boolean senderWaits;
  private final MetricRegistry metrics;
  private final Entry accepted;
  private final Entry generated;
  private final Entry delivered;
  private final Counter enqueueFailed;
  private final Histogram deliveries;
  private final Clock clock;
  private final Map<String, Entry> lost = new ConcurrentHashMap<>();
  private final LongAdder unendedItems = new LongAdder();
  private final LongAdder unendedBytes = new LongAdder();
  private volatile boolean isClosed;

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
      MetricRegistry metrics,
      Clock clock) {
    this.pipeline = pipeline;
    this.exporter = exporter;
    this.signal = signal;
    this.senderWaits = senderWaits;
    this.metrics = metrics;
    this.clock = clock;
    this.accepted = entry("accepted", "");
    this.generated = entry("generated", "");
    this.delivered = entry("delivered", "");
    this.enqueueFailed =
        metrics.counter(
            "otelcol_exporter_enqueue_failed_" + signal.items(),
            "Items that the exporter's full queue kept out: left out of it, or refused at the door.",
            "exporter",
            exporter);
    this.deliveries =
        metrics.durations(
            "millrace_delivery_duration_seconds",
            "From the door to the backend's answer, of delivered requests and pieces of them.",
            "pipeline",
            pipeline,
            "exporter",
            exporter,
            "signal",
            signal.id());
  }

  private Entry entry(String outcome, String reason) {
    return new Entry(
        counter("millrace_items_total", "Items of an edge: " + EQUATION, outcome, reason),
        counter(
            "millrace_bytes_total",
            "Bytes of an edge, as they arrived at the door: " + EQUATION,
            outcome,
            reason));
  }

  private Counter counter(String name, String help, String outcome, String reason) {
    return metrics.counter(
        name,
        help,
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

  void accepted(int items, long bytes) {
    if (isClosed) {
      return;
    }
    accepted.add(items, bytes);
    begin(items, bytes);
  }

  @Override
  public void generated(int items, long bytes) {
    if (isClosed) {
      return;
    }
    generated.add(items, bytes);
    begin(items, bytes);
  }

  private void begin(int items, long bytes) {
    unendedItems.add(items);
    unendedBytes.add(bytes);
  }

  @Override
  public void ended(int items, long bytes, Settlement settlement) {
    if (isClosed) {
      return;
    }
    switch (settlement.kind()) {
      case DELIVERED -> delivered.add(items, bytes);
      case HELD -> {
        return; // still here: whoever took the items over has them in its heldItems
      }
      case DROPPED -> lost("dropped", settlement.reason()).add(items, bytes);
      case REJECTED, REFUSED ->
          lost(senderWaits ? "returned" : "dropped", settlement.reason()).add(items, bytes);
    }
    unendedItems.add(-items);
    unendedBytes.add(-bytes);
  }

  /**
   * Closes the books after a shutdown: what has not ended lies with somebody who hangs, and counts
   * as dropped. Whatever becomes of it in spite of that does not count.
   */
  void close() {
    isClosed = true;
    long items = unendedItems();
    if (items > 0) {
      lost("dropped", ABANDONED).add(items, Math.max(0, unendedBytes()));
    }
    unendedItems.reset();
    unendedBytes.reset();
  }

  @Override
  public void delivered(long arrivalNanos) {
    deliveries.record(clock.nanos() - arrivalNanos);
  }

  private Entry lost(String outcome, String reason) {
    String key = outcome + ' ' + reason;
    Entry known = lost.get(key);
    if (known != null) {
      return known;
    }
    String counted = lost.size() < REASONS_MAX ? reason : OTHER;
    return lost.computeIfAbsent(outcome + ' ' + counted, k -> entry(outcome, counted));
  }

  /** Counts items that did not get into the exporter's queue; not an end by itself. */
  void enqueueFailed(int items) {
    enqueueFailed.add(items);
  }

  /** Returns the items that came in and whose end has not been counted. */
  long unendedItems() {
    return unendedItems.sum();
  }

  /** Returns the bytes that came in and whose end has not been counted. */
  long unendedBytes() {
    return unendedBytes.sum();
  }

  String pipeline() {
    return pipeline;
  }

  String exporter() {
    return exporter;
  }
}
