package io.millrace.exporter.sending;

import io.millrace.component.Admission;
import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An exporter whose requests go in lanes: in parallel between lanes, and in each lane one after the
 * other, so that order holds in it, whatever is retried.
 *
 * <p>Every lane has a queue and retries of its own; the bounds of the queue hold for all lanes
 * together, and a batch counts once in each lane it goes to. Otherwise as {@link SendingExporter}.
 * Thread safe.
 */
public final class LanedExporter implements Exporter {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);
  private static final int BUDGET_SHARE = 4;

  private final LaneSplitter splitter;
  private final QueueConfig queueConfig;
  private final QueueAdmission admission;
  private final List<SendQueue> queues = new ArrayList<>();
  private final List<Dispatcher> lanes = new ArrayList<>();

  /** Creates an exporter with {@code num_consumers} lanes. */
  public static LanedExporter create(
      ComponentContext context, Signal signal, SendingConfig config, LaneSplitter splitter) {
    return new LanedExporter(context, signal, config, splitter, Timing.system(context.clock()));
  }

  LanedExporter(
      ComponentContext context,
      Signal signal,
      SendingConfig config,
      LaneSplitter splitter,
      Timing timing) {
    this.splitter = splitter;
    this.queueConfig = config.sendingQueue();
    ExportCounters counters = new ExportCounters(context.metrics(), context.id(), signal);
    this.admission =
        new QueueAdmission(queueConfig, maxBytes(context), () -> hintNanos(timing.clock().nanos()));
    for (int lane = 0; lane < queueConfig.numConsumers(); lane++) {
      SendQueue queue = new SendQueue(1);
      Outcomes outcomes =
          new Outcomes(context, signal, queueConfig.isAwaited(), counters, admission);
      queues.add(queue);
      lanes.add(new Dispatcher(config, queue, outcomes, timing));
    }
    registerGauges(context, signal);
  }

  private long maxBytes(ComponentContext context) {
    long configured = queueConfig.maxBytes();
    return configured > 0 ? configured : Math.max(1, context.budget().limit() / BUDGET_SHARE);
  }

  private long hintNanos(long nowNanos) {
    return queues.stream().mapToLong(queue -> queue.hintNanos(nowNanos)).max().orElse(1);
  }

  private void registerGauges(ComponentContext context, Signal signal) {
    QueueGauges.register(
        context, signal, admission, () -> queues.stream().mapToInt(SendQueue::inFlight).sum());
  }

  @Override
  public void start() throws Exception {
    splitter.start();
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
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
    return queues.stream().mapToLong(SendQueue::heldItems).sum();
  }

  @Override
  public long heldBytes() {
    return queues.stream().mapToLong(SendQueue::heldBytes).sum();
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
    splitter.split(batch, (lane, request) -> lanes.get(lane).accept(request));
  }

  /** Drains all lanes at once, for 20 s at most or until the calling thread is interrupted. */
  @Override
  public void shutdown() {
    List<Thread> drains =
        lanes.stream()
            .map(lane -> Thread.startVirtualThread(() -> lane.drain(DRAIN_MAX.toNanos())))
            .toList();
    boolean interrupted = false;
    for (Thread drain : drains) {
      while (drain.isAlive()) {
        try {
          drain.join();
        } catch (InterruptedException e) { // the host's deadline has come
          interrupted = true;
          drains.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    splitter.shutdown();
  }
}
