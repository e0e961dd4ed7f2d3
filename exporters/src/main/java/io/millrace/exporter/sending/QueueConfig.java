package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sending_queue}: what waits for the backend, and how many attempts run at once.
 * Immutable.
 *
 * @param enabled whether to queue; {@code false} makes senders wait for the result, and bounds what
 *     is under way by {@code numConsumers}
 * @param numConsumers attempts at once; with 1 the order of batches is kept
 * @param queueSize bound of the queue in units of {@code sizer}; what is in flight or waits for a
 *     retry counts
 * @param sizer what {@code queueSize} counts
 * @param blockOnOverflow {@code true} is refused at the start: nothing in Millrace waits for room
 * @param waitForResult whether senders wait for the result although there is a queue
 * @param onFull what a full queue does while other exporters of the pipeline have room. A key of
 *     Millrace's own
 * @param maxBytes bound in bytes beside {@code queueSize}; 0 for a quarter of the process's budget.
 *     A key of Millrace's own
 * @param storage not supported yet and refused: queues live in memory
 * @param batch not supported yet and refused
 */
public record QueueConfig(
    boolean enabled,
    int numConsumers,
    long queueSize,
    Sizer sizer,
    boolean blockOnOverflow,
    boolean waitForResult,
    OnFull onFull,
    long maxBytes,
    @Nullable String storage,
    @Nullable Map<String, Object> batch) {
  /** What {@code queueSize} counts. */
  public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES;

    long sizeOf(int items, int bytes) {
      return switch (this) {
        case REQUESTS -> 1;
        case ITEMS -> items;
        case BYTES -> bytes;
      };
    }
  }

  /** What a full queue means where other exporters of the pipeline have room. */
  public enum OnFull {
    /** This exporter goes without the request. */
    DROP,
    /** The request is refused. */
    REFUSE
  }

  private static final int CONSUMERS_MAX = 10_000;

  /** The collector's defaults. */
  public static final QueueConfig DEFAULT =
      new QueueConfig(true, 10, 1000, Sizer.REQUESTS, false, false, OnFull.DROP, 0, null, null);

  public QueueConfig {
    new Checks()
        .between("num_consumers", numConsumers, 1, CONSUMERS_MAX)
        .atLeast("queue_size", queueSize, 1)
        .atLeast("max_bytes", maxBytes, 0)
        .that(!blockOnOverflow, "block_on_overflow", true, "false: see on_full for a full queue")
        .that(storage == null, "storage", storage, "absent: queues on disk are not supported yet")
        .that(batch == null, "batch", batch, "absent: batching here is not supported yet")
        .throwIfAny();
  }

  /** Returns whether a sender may hear of success only after the backend has answered. */
  boolean isAwaited() {
    return !enabled || waitForResult;
  }

  /** Returns the bound in units of {@link #unit()}. */
  long capacity() {
    return enabled ? queueSize : numConsumers;
  }

  Sizer unit() {
    return enabled ? sizer : Sizer.REQUESTS;
  }
}
