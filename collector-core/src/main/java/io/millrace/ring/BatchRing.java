package io.millrace.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import io.millrace.component.Clock;
import io.millrace.pdata.OtlpBatch;
import io.millrace.telemetry.MetricRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded ring of batches between many claiming threads and one ring thread.
 *
 * <p>It bounds slots; bytes are bounded by whoever claims. Claiming never waits: a full ring is a
 * reason to refuse. Every claimed sequence must be published, with a batch or empty, or the ring
 * stands still behind it. The ring thread sleeps while there is nothing to do, and wakes for ticks
 * only where the handler wants them.
 *
 * <p>Thread safe; {@link #start} and {@link #shutdown} are the control thread's.
 */
public final class BatchRing {
  /** Returned by {@link #claim} when there is no room. */
  public static final long FULL = -1;

  /** Slots become free again after so many batches, rather than after a whole lap. */
  private static final int PASS_BATCHES_MAX = 64;

  private static final long DRAIN_POLL_NANOS = Duration.ofMillis(1).toNanos();
  private static final Duration HALT_GRACE = Duration.ofMillis(500);
  private static final Logger logger = LoggerFactory.getLogger(BatchRing.class);

  private final String name;
  private final RingBuffer<BatchSlot> slots;
  private final SlotHandler handler;
  private final BatchEventProcessor<BatchSlot> processor;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Creates a ring.
   *
   * @param name the pipeline's, for the thread and the metrics
   * @param capacity in slots, a power of two
   * @param tickInterval how often the handler wants {@link BatchHandler#tick}; zero for never
   */
  public BatchRing(
      String name,
      int capacity,
      BatchHandler batches,
      Duration tickInterval,
      Clock clock,
      MetricRegistry metrics) {
    this.name = name;
    this.slots = RingBuffer.createMultiProducer(BatchSlot::new, capacity, waitFor(tickInterval));
    this.handler = new SlotHandler(batches, clock, tickInterval.toNanos());
    this.processor =
        new BatchEventProcessorBuilder()
            .setMaxBatchSize(Math.min(PASS_BATCHES_MAX, capacity))
            .build(slots, slots.newBarrier(), handler);
    processor.setExceptionHandler(handler);
    slots.addGatingSequences(processor.getSequence());
    this.thread = Thread.ofPlatform().name("ring-" + name).daemon().unstarted(processor);
    registerGauges(metrics);
  }

  private static WaitStrategy waitFor(Duration tickInterval) {
    return tickInterval.isZero()
        ? new BlockingWaitStrategy()
        : new TimeoutBlockingWaitStrategy(tickInterval.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void registerGauges(MetricRegistry metrics) {
    metrics.gauge(
        "millrace_ring_capacity", "Slots of the ring.", slots::getBufferSize, "pipeline", name);
    metrics.gauge(
        "millrace_ring_size", "Slots in use, claimed ones included.", this::size, "pipeline", name);
    metrics.gauge(
        "millrace_ring_high_water",
        "Most slots in use that the ring thread has found.",
        handler::highWater,
        "pipeline",
        name);
  }

  /** Starts the ring thread; batches claimed before wait for it. */
  public void start() {
    thread.start();
  }

  /** Returns a sequence that the caller must publish, or {@link #FULL}; never waits. */
  public long claim() {
    if (closed) {
      return FULL;
    }
    try {
      return slots.tryNext();
    } catch (InsufficientCapacityException e) {
      return FULL;
    }
  }

  /**
   * Hands the batch over to the ring thread.
   *
   * @param tag travels along to {@link BatchHandler#left}
   */
  public void publish(long sequence, OtlpBatch batch, long tag) {
    slots.get(sequence).fill(batch, tag);
    slots.publish(sequence);
  }

  /** Gives a claim back; the ring thread passes it over. */
  public void publishEmpty(long sequence) {
    slots.publish(sequence);
  }

  /** Returns how many slots are in use, claimed ones included. */
  public long size() {
    return slots.getBufferSize() - slots.remainingCapacity();
  }

  /** Returns how many items lie in the slots, the batch in hand included. */
  public long heldItems() {
    long items = 0;
    for (int i = 0; i < slots.getBufferSize(); i++) {
      items += slots.get(i).items();
    }
    return items;
  }

  /** Returns the bytes that the books count for these items. */
  public long heldBytes() {
    long bytes = 0;
    for (int i = 0; i < slots.getBufferSize(); i++) {
      bytes += slots.get(i).bytes();
    }
    return bytes;
  }

  /**
   * Lets the ring thread finish what was published, for at most {@code timeout}, and ends it; what
   * is left then is settled as refused. Claims fail from now on. Whoever publishes must have
   * stopped before. A second call does nothing.
   *
   * @return the number of batches that were given up
   */
  public int shutdown(Duration timeout) {
    if (closed) {
      return 0;
    }
    closed = true;
    if (thread.isAlive()) {
      awaitEmpty(System.nanoTime() + timeout.toNanos());
      halt();
    }
    giveUpRest();
    return handler.givenUp();
  }

  /** Returns whether the ring thread still runs, which may outlast {@link #shutdown}. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  private void awaitEmpty(long deadlineNanos) {
    while (processor.getSequence().get() < slots.getCursor()
        && System.nanoTime() - deadlineNanos < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
  }

  private void halt() {
    handler.giveUp();
    processor.halt();
    try {
      if (!thread.join(HALT_GRACE)) {
        logger.warn("{}: stuck at {}", thread.getName(), Arrays.toString(thread.getStackTrace()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUpRest() {
    for (long s = processor.getSequence().get() + 1; s <= slots.getCursor(); s++) {
      handler.giveUp(slots.get(s));
    }
  }
}
