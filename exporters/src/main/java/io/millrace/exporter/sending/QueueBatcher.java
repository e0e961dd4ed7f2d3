package io.millrace.exporter.sending;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Joins what arrives in the queue until there is enough of it or it has waited long enough.
 *
 * <p>There is one open batch per combination of metadata values, in the order of their deadlines,
 * because all wait equally long. What waits here counts in the queue like what waits for its
 * attempt. The thread that fills a batch joins it, or the timer; batches go on in the order in
 * which they were filled.
 *
 * <p>Thread safe; one lock, under which a batch is joined and put into the queue, because their
 * order there is that of the lock.
 */
final class QueueBatcher {
  /** Where joined batches go. */
  interface Output {
    /** Takes a batch that stands for so many requests, and sends nothing yet; never throws. */
    void add(OtlpBatch joined, int requests);

    /** Sends what may go; not called under the lock. */
    void send();
  }

  /** Whatever the settings, a batch is sent before another request would make it larger. */
  static final int BYTES_MAX = 64 << 20;

  /** Beyond so many combinations of metadata values the one that has waited longest is sent. */
  static final int PARTITIONS_MAX = 10_000;

  private final BatchConfig config;
  private final boolean countsBytes;
  private final int limit;
  private final ContextKeys keys;
  private final QueueAdmission admission;
  private final Timing timing;
  private final Output output;
  private final SequencedMap<RequestContext, OpenBatch> open = new LinkedHashMap<>();
  private long trigger;
  private long heldItems;
  private long heldBytes;
  private boolean wakeUpSet;

  /**
   * Creates an empty batcher.
   *
   * @param sizer what the sizes count
   * @param reads what keeps requests apart beside the configured metadata
   */
  QueueBatcher(
      BatchConfig config,
      BatchConfig.Sizer sizer,
      ContextKeys reads,
      QueueAdmission admission,
      Timing timing,
      Output output) {
    this.config = config;
    this.countsBytes = sizer == BatchConfig.Sizer.BYTES;
    this.limit = config.limit();
    this.keys = ContextKeys.ofMetadata(config.partition().metadataKeys()).with(reads);
    this.trigger = config.minSize();
    this.admission = admission;
    this.timing = timing;
    this.output = output;
  }

  /** Takes a batch whatever the room. */
  void add(OtlpBatch batch) {
    if (collect(batch)) {
      output.send();
    }
  }

  /** Returns whether anything was handed on. */
  private synchronized boolean collect(OtlpBatch batch) {
    RequestContext context = batch.context().project(keys);
    OpenBatch begun = open.get(context);
    boolean isHandedOn = false;
    if (begun != null && (long) begun.bytes() + batch.length() > BYTES_MAX) {
      handOn(begun);
      begun = null;
      isHandedOn = true;
    }
    int requests = 1;
    for (OtlpSlice slice : slices(batch, begun == null ? limit : limit - size(begun))) {
      isHandedOn |= add(slice, requests, context);
      requests = 0;
    }
    if (open.size() > PARTITIONS_MAX) {
      handOn(oldest());
      isHandedOn = true;
    }
    scheduleWakeUp();
    return isHandedOn;
  }

  private List<OtlpSlice> slices(OtlpBatch batch, int room) {
    return countsBytes
        ? OtlpSplitter.sliceBytes(batch, room, limit)
        : OtlpSplitter.slice(batch, room, limit);
  }

  private boolean add(OtlpSlice slice, int requests, RequestContext context) {
    OpenBatch batch = open.get(context);
    boolean isHandedOn = false;
    if (batch != null && (long) size(batch) + size(slice) > limit) {
      handOn(batch);
      batch = null;
      isHandedOn = true;
    }
    if (batch == null) {
      batch = new OpenBatch(context, timing.clock().nanos() + config.flushTimeout().toNanos());
      open.put(context, batch);
    }
    batch.add(slice, requests);
    admission.entered(requests, slice.items(), slice.length());
    heldItems += slice.items();
    heldBytes += slice.ack().bytes();
    if (size(batch) >= trigger) {
      handOn(batch);
      isHandedOn = true;
    }
    return isHandedOn;
  }

  private int size(OpenBatch batch) {
    return countsBytes ? batch.bytes() : batch.items();
  }

  private int size(OtlpSlice slice) {
    return countsBytes ? slice.length() : slice.items();
  }

  /** Counts the batch where it goes before it is no longer counted here. */
  private void handOn(OpenBatch batch) {
    open.remove(batch.context);
    OtlpBatch joined = batch.join();
    long bytesOfSenders = joined.ack().bytes();
    output.add(joined, batch.requests());
    admission.left(batch.requests(), batch.items(), batch.bytes());
    heldItems -= batch.items();
    heldBytes -= bytesOfSenders;
  }

  private void scheduleWakeUp() {
    if (wakeUpSet || open.isEmpty()) {
      return;
    }
    wakeUpSet = true;
    long delayNanos = oldest().deadlineNanos - timing.clock().nanos();
    timing.timer().schedule(Math.max(0, delayNanos), this::wakeUp);
  }

  private void wakeUp() {
    if (handOnDue()) {
      output.send();
    }
  }

  private synchronized boolean handOnDue() {
    wakeUpSet = false;
    long now = timing.clock().nanos();
    boolean isHandedOn = false;
    while (!open.isEmpty() && oldest().deadlineNanos - now <= 0) {
      handOn(oldest());
      isHandedOn = true;
    }
    scheduleWakeUp();
    return isHandedOn;
  }

  private OpenBatch oldest() {
    return open.sequencedValues().getFirst();
  }

  /** Hands on what waits, and from now on whatever comes. */
  synchronized void close() {
    trigger = 0;
    while (!open.isEmpty()) {
      handOn(oldest());
    }
  }

  synchronized long heldItems() {
    return heldItems;
  }

  synchronized long heldBytes() {
    return heldBytes;
  }
}
