package io.millrace.exporter.sending;

import io.millrace.component.Admission;
import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import java.time.Duration;

/**
 * An exporter around a {@link Sender}: queues what finds no free slot, tries again what failed for
 * the time being, and settles every batch once.
 *
 * <p>What is final is delivered, rejected as {@code permanent_error} or {@code too_large}, or
 * refused as {@code retries_exhausted} or {@code shutdown}. Order is kept with {@code
 * num_consumers: 1} only. Thread safe.
 */
public final class SendingExporter implements Exporter {
  /** Leaves some of the host's 25 s to those who are shut down before and after. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private static final int BUDGET_SHARE = 4;

  private final Signal signal;
  private final Sender sender;
  private final QueueConfig queueConfig;
  private final QueueAdmission admission;
  private final SendQueue queue;
  private final Dispatcher dispatcher;

  /** Creates an exporter for one signal; {@code sender} is started and shut down by it. */
  public static SendingExporter create(
      ComponentContext context, Signal signal, SendingConfig config, Sender sender) {
    return new SendingExporter(context, signal, config, sender, Timing.system(context.clock()));
  }

  SendingExporter(
      ComponentContext context, Signal signal, SendingConfig config, Sender sender, Timing timing) {
    this.signal = signal;
    this.sender = sender;
    this.queueConfig = config.sendingQueue();
    this.queue = new SendQueue(queueConfig.numConsumers());
    ExportCounters counters = new ExportCounters(context.metrics(), context.id(), signal);
    this.admission =
        new QueueAdmission(
            queueConfig, maxBytes(context), () -> queue.hintNanos(timing.clock().nanos()));
    Outcomes outcomes = new Outcomes(context, signal, queueConfig.isAwaited(), counters, admission);
    this.dispatcher = new Dispatcher(config, queue, outcomes, timing);
    QueueGauges.register(context, signal, admission, queue::inFlight);
  }

  private long maxBytes(ComponentContext context) {
    long configured = queueConfig.maxBytes();
    return configured > 0 ? configured : Math.max(1, context.budget().limit() / BUDGET_SHARE);
  }

  @Override
  public void start() throws Exception {
    sender.start();
  }

  @Override
  public Validation requires() {
    return signal == Signal.PROFILES ? Validation.OPAQUE : Validation.FRAMING;
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
    return queue.heldItems();
  }

  @Override
  public long heldBytes() {
    return queue.heldBytes();
  }

  @Override
  public boolean isMandatory() {
    return queueConfig.onFull() == QueueConfig.OnFull.REFUSE;
  }

  @Override
  public boolean waitsForResult() {
    return queueConfig.isAwaited();
  }

  @Override
  public void consume(OtlpBatch batch) {
    dispatcher.accept(new BatchRequest(batch, sender));
  }

  /**
   * Tries once more what is queued or waits for a retry, for 20 s at most or until the calling
   * thread is interrupted; what is left then is dropped.
   */
  @Override
  public void shutdown() {
    dispatcher.drain(DRAIN_MAX.toNanos());
    sender.shutdown();
  }
}
