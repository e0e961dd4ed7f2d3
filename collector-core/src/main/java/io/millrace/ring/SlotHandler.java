package io.millrace.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import io.millrace.component.Clock;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The root of the ring thread: whatever one batch or tick throws, the next one comes. The
 * Disruptor's own exception handler would end the thread instead, and with it the pipeline.
 *
 * <p>Confined to the ring thread, except the methods that say otherwise.
 */
final class SlotHandler implements EventHandler<BatchSlot>, ExceptionHandler<BatchSlot> {
  private static final Settlement SHUTTING_DOWN = Settlement.refused("shutting_down", 0);

  private final BatchHandler handler;
  private final Clock clock;
  private final long tickNanos;
  private final AtomicInteger givenUp = new AtomicInteger();
  private long lastTickNanos;
  private volatile long highWater;
  private volatile boolean givingUp;

  /** Creates a handler that ticks every {@code tickNanos}, or never if that is 0. */
  SlotHandler(BatchHandler handler, Clock clock, long tickNanos) {
    this.handler = handler;
    this.clock = clock;
    this.tickNanos = tickNanos;
    this.lastTickNanos = clock.nanos();
  }

  @Override
  public void onBatchStart(long batchSize, long queueDepth) {
    if (queueDepth > highWater) {
      highWater = queueDepth;
    }
  }

  @Override
  public void onEvent(BatchSlot slot, long sequence, boolean endOfBatch) {
    if (givingUp) {
      giveUp(slot);
      return;
    }
    OtlpBatch batch = slot.batch();
    if (batch != null) {
      handler.handle(batch);
      leave(slot, batch);
    }
    tickIfDue();
  }

  private void leave(BatchSlot slot, OtlpBatch batch) {
    long tag = slot.tag();
    if (slot.clear(batch)) {
      handler.left(batch, tag);
    }
  }

  @Override
  public void onTimeout(long sequence) {
    tick(clock.nanos());
  }

  private void tickIfDue() {
    if (tickNanos == 0) {
      return;
    }
    long now = clock.nanos();
    if (now - lastTickNanos >= tickNanos) {
      tick(now);
    }
  }

  private void tick(long nanos) {
    lastTickNanos = nanos;
    handler.tick(nanos);
  }

  /** Drops the one batch that was in hand, if the exception was about a batch and not a tick. */
  @Override
  public void handleEventException(Throwable e, long sequence, @Nullable BatchSlot slot) {
    handler.failed(e);
    if (slot == null) {
      return;
    }
    try {
      drop(slot);
    } catch (RuntimeException second) { // what is thrown here ends the thread
      handler.failed(second);
    }
  }

  private void drop(BatchSlot slot) {
    OtlpBatch batch = slot.batch();
    if (batch != null) {
      batch.ack().settle(Settlement.PROCESSOR_ERROR);
      leave(slot, batch);
    }
  }

  @Override
  public void handleOnStartException(Throwable e) {
    handler.failed(e);
  }

  @Override
  public void handleOnShutdownException(Throwable e) {
    handler.failed(e);
  }

  /** From now on batches are refused instead of handled. Called by the control thread. */
  void giveUp() {
    givingUp = true;
  }

  /** Refuses what the slot still holds. Called by any thread. */
  void giveUp(BatchSlot slot) {
    OtlpBatch batch = slot.batch();
    if (batch == null) {
      return;
    }
    if (batch.ack().settle(SHUTTING_DOWN)) {
      givenUp.incrementAndGet();
    }
    leave(slot, batch);
  }

  /** Returns how many batches were refused instead of handled. Called by any thread. */
  int givenUp() {
    return givenUp.get();
  }

  /** Returns the most slots in use that the ring thread has found. Called by any thread. */
  long highWater() {
    return highWater;
  }
}
