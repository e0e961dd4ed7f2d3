package io.millrace.exporter.sending;

import io.millrace.component.Admission;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentError;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An exporter around a {@link Sender}, or a {@link LaneSplitter}: queues what finds no free slot,
 * tries again what failed for the time being, and settles every batch once.
 *
 * <p>What is final is delivered, rejected as {@code permanent_error} or {@code too_large}, or
 * refused as {@code retries_exhausted}, {@code account_held} or {@code shutdown}. A sender's
 * batches keep their order with {@code num_consumers: 1} only. A splitter's requests go in {@code
 * num_consumers} lanes, in parallel between lanes and in each one after the other, so that order
 * holds in it, whatever is retried; the bounds of the queue hold for all lanes together, and a
 * batch counts once in each lane it goes to. With {@code batch} what arrives is joined first, and
 * translated by a splitter afterwards. Thread safe.
 */
public final class SendingExporter implements Exporter {
  /** Leaves some of the host's 25 s to those who are shut down before and after. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private static final int BUDGET_SHARE = 4;

  private final LaneSplitter splitter;
  private final Validation validation;
  private final QueueConfig queueConfig;
  private final QueueAdmission admission;
  private final @Nullable QueueBatcher batcher;
  private final SendQueue queue;
  private final Dispatcher dispatcher;
  private final Outcomes outcomes;

  /**
   * Creates an exporter for one signal that forwards bytes; {@code sender} is started and shut down
   * by it.
   */
  public static SendingExporter create(
      ComponentContext context, Signal signal, SendingConfig config, Sender sender) {
    return create(context, signal, config, sender, Timing.system(context.clock()));
  }

  /**
   * Creates an exporter for one signal that reads records; {@code sender} is started and shut down
   * by it.
   */
  public static SendingExporter reading(
      ComponentContext context, Signal signal, SendingConfig config, Sender sender) {
    Validation validation = signal == Signal.PROFILES ? Validation.OPAQUE : Validation.DEEP;
    return inSlots(context, signal, config, new OneLane(sender), validation);
  }

  static SendingExporter create(
      ComponentContext context, Signal signal, SendingConfig config, Sender sender, Timing timing) {
    Validation validation = signal == Signal.PROFILES ? Validation.OPAQUE : Validation.FRAMING;
    return inSlots(context, signal, config, new OneLane(sender), validation, timing);
  }

  /**
   * Creates an exporter whose requests are made of batches validated to some depth and need not
   * keep their order; all go to lane 0. {@code splitter} is started and shut down by it.
   */
  public static SendingExporter inSlots(
      ComponentContext context,
      Signal signal,
      SendingConfig config,
      LaneSplitter splitter,
      Validation validation) {
    Timing timing = Timing.system(context.clock());
    return inSlots(context, signal, config, splitter, validation, timing);
  }

  static SendingExporter inSlots(
      ComponentContext context,
      Signal signal,
      SendingConfig config,
      LaneSplitter splitter,
      Validation validation,
      Timing timing) {
    QueueConfig its = config.sendingQueue();
    SendQueue queue = SendQueue.ofSlots(its.numConsumers(), heldRoom(context, its));
    return new SendingExporter(context, signal, config, splitter, queue, validation, timing);
  }

  /** Creates an exporter in lanes; {@code splitter} is started and shut down by it. */
  public static SendingExporter inLanes(
      ComponentContext context, Signal signal, SendingConfig config, LaneSplitter splitter) {
    return inLanes(context, signal, config, splitter, Timing.system(context.clock()));
  }

  static SendingExporter inLanes(
      ComponentContext context,
      Signal signal,
      SendingConfig config,
      LaneSplitter splitter,
      Timing timing) {
    QueueConfig its = config.sendingQueue();
    return new SendingExporter(
        context,
        signal,
        config,
        splitter,
        SendQueue.ofLanes(its.numConsumers(), heldRoom(context, its)),
        Validation.DEEP,
        timing);
  }

  private SendingExporter(
      ComponentContext context,
      Signal signal,
      SendingConfig config,
      LaneSplitter splitter,
      SendQueue queue,
      Validation validation,
      Timing timing) {
    this.splitter = splitter;
    this.queueConfig = config.sendingQueue();
    this.queue = queue;
    ExportCounters counters = new ExportCounters(context.metrics(), context.id(), signal);
    this.admission =
        new QueueAdmission(
            queueConfig,
            maxBytes(context, queueConfig),
            () -> queue.hintNanos(timing.clock().nanos()));
    this.outcomes = new Outcomes(context, signal, queueConfig.isAwaited(), counters, admission);
    this.dispatcher =
        new Dispatcher(
            config, queue, outcomes, new ExportAttempts(context.metrics(), context.id()), timing);
    this.batcher = batcher(signal, timing);
    this.validation = batcher == null ? validation : Validation.DEEP;
    QueueGauges.register(context, signal, admission, queue);
  }

  private @Nullable QueueBatcher batcher(Signal signal, Timing timing) {
    BatchConfig batch = queueConfig.batch();
    if (batch == null || !queueConfig.isBatched() || signal == Signal.PROFILES) {
      return null;
    }
    BatchConfig.Sizer sizer = batch.sizerIn(queueConfig.sizer());
    return new QueueBatcher(batch, sizer, splitter.reads(), admission, timing, new Joined());
  }

  private static HeldRoom heldRoom(ComponentContext context, QueueConfig config) {
    return new HeldRoom(config.unit(), config.capacity(), maxBytes(context, config));
  }

  private static long maxBytes(ComponentContext context, QueueConfig config) {
    long configured = config.maxBytes();
    return configured > 0 ? configured : Math.max(1, context.budget().limit() / BUDGET_SHARE);
  }

  @Override
  public void start() throws Exception {
    splitter.start();
  }

  @Override
  public Validation requires() {
    return validation;
  }

  @Override
  public Admission admission() {
    return admission;
  }

  @Override
  public boolean hasRoom() {
    return admission.hasRoom();
  }

  @Override
  public long heldItems() {
    return queue.heldItems() + (batcher == null ? 0 : batcher.heldItems());
  }

  @Override
  public long heldBytes() {
    return queue.heldBytes() + (batcher == null ? 0 : batcher.heldBytes());
  }

  /** Returns an error while the backend is taken to be down. */
  @Override
  public @Nullable ComponentError error() {
    return outcomes.error();
  }

  @Override
  public boolean isMandatory() {
    return queueConfig.refuses();
  }

  @Override
  public boolean waitsForResult() {
    return queueConfig.isAwaited();
  }

  @Override
  public void consume(OtlpBatch batch) {
    if (batcher != null) {
      batcher.add(batch);
      return;
    }
    try {
      add(batch, 1);
    } finally { // what came before a failure goes
      dispatcher.dispatch();
    }
  }

  private void add(OtlpBatch batch, int requests) {
    splitter.split(
        batch,
        (lane, request) -> {
          int part = PendingBatch.part(requests, request.items(), batch.items());
          dispatcher.add(lane, request, part);
        });
  }

  /**
   * Tries once more what is queued or waits for a retry, for 20 s at most or until the calling
   * thread is interrupted; what is left then is dropped.
   */
  @Override
  public void shutdown() {
    if (batcher != null) {
      batcher.close();
    }
    dispatcher.drain(DRAIN_MAX.toNanos());
    splitter.shutdown();
  }

  /** Puts joined batches into the queue. */
  private final class Joined implements QueueBatcher.Output {
    @Override
    public void add(OtlpBatch joined, int requests) {
      try {
        SendingExporter.this.add(joined, requests);
      } catch (RuntimeException e) { // a bug must not cost what others joined afterwards
        outcomes.broken(joined, e);
      }
    }

    @Override
    public void send() {
      dispatcher.dispatch();
    }
  }

  /** Sends every batch as it is. */
  private record OneLane(Sender sender) implements LaneSplitter {
    @Override
    public void start() throws Exception {
      sender.start();
    }

    @Override
    public void shutdown() {
      sender.shutdown();
    }

    @Override
    public ContextKeys reads() {
      return sender.reads();
    }

    @Override
    public void split(OtlpBatch batch, Lanes lanes) {
      lanes.add(0, new BatchRequest(batch, sender));
    }
  }
}
