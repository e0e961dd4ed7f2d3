package io.millrace.ring;

import io.millrace.pdata.OtlpBatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One place of the ring; empty unless a batch waits in it or is being handled.
 *
 * <p>Filled by the claiming thread, emptied by whoever takes the batch out: the ring thread, or the
 * one that shuts down. Thread safe.
 */
final class BatchSlot {
  private final AtomicReference<@Nullable OtlpBatch> batch = new AtomicReference<>();
  private long tag;

  void fill(OtlpBatch newBatch, long newTag) {
    tag = newTag;
    batch.set(newBatch);
  }

  @Nullable OtlpBatch batch() {
    return batch.get();
  }

  long tag() {
    return tag;
  }

  /** Empties the slot and returns whether the batch was still in it. */
  boolean clear(OtlpBatch expected) {
    return batch.compareAndSet(expected, null);
  }

  /** Returns the bytes that the books count for the batch. */
  long bytes() {
    OtlpBatch present = batch.get();
    return present == null ? 0 : present.ack().bytes();
  }

  int items() {
    OtlpBatch present = batch.get();
    return present == null ? 0 : present.items();
  }
}
