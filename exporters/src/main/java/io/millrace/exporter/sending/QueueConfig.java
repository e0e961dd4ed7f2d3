package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import io.millrace.config.MemorySettings;
import io.millrace.config.ProcessMemory;
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
 * @param blockOnOverflow {@code true} makes a full queue refuse, whatever {@code onFull} says: it
 *     is the sender who waits, with its data, for as long as the answer tells it
 * @param waitForResult whether senders wait for the result although there is a queue
 * @param onFull what a full queue does while other exporters of the pipeline have room. A key of
 *     Millrace's own
 * @param maxBytes bound in bytes beside {@code queueSize}; 0 for a quarter of the process's budget.
 *     A key of Millrace's own
 * @param storage not supported yet and refused: queues live in memory
 * @param batch joins requests before they are sent, also those of different senders; absent for not
 *     to. Profiles are never joined
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
    @Nullable BatchConfig batch)
    implements MemorySettings {
  /** What {@code queueSize} counts. */
  public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES;

    long sizeOf(int requests, int items, int bytes) {
      return switch (this) {
        case REQUESTS -> requests;
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
        .that(storage == null, "storage", storage, "absent: queues on disk are not supported yet")
        .that(
            batch == null || !countsLike(sizer, batch) || batch.minSize() <= queueSize,
            "batch.min_size",
            batch == null ? null : batch.minSize(),
            "less or equal to queue_size, which is " + queueSize)
        .throwIfAny();
  }

  @Override
  public void checkMemory(ProcessMemory memory, Checks errors, Checks warnings) {
    long budget = memory.budgetBytes();
    String never =
        "is never reached: the process holds at most %s of telemetry"
            .formatted(ProcessMemory.mib(budget));
    warnings
        .that(maxBytes <= budget, "max_bytes", maxBytes, never)
        .that(sizer != Sizer.BYTES || queueSize <= budget, "queue_size", queueSize, never);
  }

  private static boolean countsLike(Sizer sizer, BatchConfig batch) {
    return batch.sizerIn(sizer).name().equals(sizer.name());
  }

  /** Returns whether requests are joined. */
  boolean isBatched() {
    return enabled && batch != null;
  }

  /** Returns whether a full queue makes the door refuse, whatever room others have. */
  boolean refuses() {
    return blockOnOverflow || onFull == OnFull.REFUSE;
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
