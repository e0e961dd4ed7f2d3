package io.millrace.processor.batch;

import io.millrace.component.Admission;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.RequestContext;
import io.millrace.telemetry.Counter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects items until there are enough of them or they have waited long enough.
 *
 * <pre>
 *   in   [a a a a][b b b b b][c]          send_batch_size 4, send_batch_max_size 6
 *   out  [a a a a] · [b b b b b] · [c] when its time has come
 * </pre>
 *
 * <p>Input is kept as slices of the arrays it came in; an output batch copies its slices into one
 * array when it is sent. There is one open batch per combination of metadata values, in the order
 * of their deadlines, because all wait equally long. Output is never held back: whether there is
 * room for it was asked at the door. Confined to the ring thread, but for what is held.
 */
final class BatchProcessor implements Processor {
  /**
   * Whatever the settings, a batch is sent before another request would make it larger than this:
   * it bounds what the copy takes beyond the budget, and no backend takes larger ones.
   */
  static final long BYTES_MAX = 64L << 20;

  /** How much longer than the timeout an item may wait: the tenth part. */
  private static final int TICKS_PER_TIMEOUT = 10;

  private static final Duration TICK_MIN = Duration.ofMillis(1);

  private final BatchProcessorConfig config;
  private final ContextKeys keys;
  private final Consumer next;
  private final Clock clock;
  private final BatchMetrics metrics;
  private final int triggerItems;
  private final int maxItems;
  private final @Nullable MetadataCombinations combinations;
  private final SequencedMap<RequestContext, OpenBatch> open = new LinkedHashMap<>();
  private final AtomicLong heldItems = new AtomicLong();
  private final AtomicLong heldBytes = new AtomicLong();

  BatchProcessor(ComponentContext context, BatchProcessorConfig config, Consumer next) {
    this.config = config;
    this.keys = ContextKeys.ofMetadata(config.metadataKeys());
    this.next = next;
    this.clock = context.clock();
    this.metrics = new BatchMetrics(context);
    this.triggerItems = config.triggerItems();
    this.maxItems = config.maxItems();
    boolean isLimited = !keys.isEmpty() && config.metadataCardinalityLimit() > 0;
    this.combinations =
        isLimited
            ? new MetadataCombinations(
                keys, config.metadataCardinalityLimit(), metrics.cardinality())
            : null;
  }

  /** A length that is wrong inside of one request would swallow the next sender's. */
  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public Admission admission() {
    return combinations == null ? Admission.ALWAYS : combinations;
  }

  @Override
  public long heldItems() {
    return heldItems.get();
  }

  @Override
  public long heldBytes() {
    return heldBytes.get();
  }

  /** Returns so small a part of the timeout that waiting for the tick does not matter. */
  @Override
  public Duration tickInterval() {
    if (triggerItems == 0) {
      return Duration.ZERO;
    }
    Duration part = config.timeout().dividedBy(TICKS_PER_TIMEOUT);
    return part.compareTo(TICK_MIN) < 0 ? TICK_MIN : part;
  }

  @Override
  public void consume(OtlpBatch batch) {
    RequestContext context = batch.context().project(keys);
    OpenBatch begun = open.get(context);
    if (begun != null && begun.bytes() + batch.length() > BYTES_MAX) {
      send(begun, metrics.sizeTriggers());
      begun = null;
    }
    int room = begun == null ? maxItems : maxItems - begun.items();
    for (OtlpSlice slice : OtlpSplitter.slice(batch, room, maxItems)) {
      add(context, slice);
    }
  }

  private void add(RequestContext context, OtlpSlice slice) {
    OpenBatch batch = open.computeIfAbsent(context, this::begin);
    batch.add(slice);
    heldItems.addAndGet(slice.items());
    heldBytes.addAndGet(slice.ack().bytes());
    if (batch.items() >= triggerItems) {
      send(batch, metrics.sizeTriggers());
    }
  }

  private OpenBatch begin(RequestContext context) {
    if (combinations == null) {
      metrics.cardinality().add(1);
    }
    return new OpenBatch(context, clock.nanos() + config.timeout().toNanos());
  }

  private void send(OpenBatch batch, Counter trigger) {
    open.remove(batch.context());
    if (combinations == null) {
      metrics.cardinality().add(-1);
    }
    OtlpBatch joined = batch.join();
    metrics.sent(joined);
    trigger.add(1);
    heldItems.addAndGet(-joined.items());
    heldBytes.addAndGet(-joined.ack().bytes());
    next.consume(joined);
  }

  @Override
  public void tick(long nanos) {
    while (!open.isEmpty() && oldest().isDue(nanos)) {
      send(oldest(), metrics.timeoutTriggers());
    }
  }

  private OpenBatch oldest() {
    return open.sequencedValues().getFirst();
  }

  /** Sends everything; what was seen of metadata is forgotten with the instance. */
  @Override
  public void shutdown() {
    while (!open.isEmpty()) {
      send(oldest(), metrics.timeoutTriggers());
    }
    if (combinations != null) {
      combinations.forget();
    }
  }
}
