package io.millrace.ring;

import io.millrace.pdata.OtlpBatch;

/** What a ring's batches go to. Called by the ring thread, but for {@link #left}. */
public interface BatchHandler {
  /**
   * Takes a batch, in the order of the claims. An exception costs this batch alone: the ring
   * settles it as dropped, unless it has been settled, and goes on.
   */
  void handle(OtlpBatch batch);

  /**
   * Tells that the batch's slot is free: the batch was handled, or failed, or was given up at
   * shutdown. Called exactly once for each published batch; after the ring thread's end by the
   * thread that shuts down.
   *
   * @param tag as given to {@link BatchRing#publish}
   */
  void left(OtlpBatch batch, long tag);

  /** Takes note of what {@link #handle} or {@link #tick} has thrown; must not throw itself. */
  void failed(Throwable failure);

  /**
   * Lets time pass: called between batches, at least once per tick interval unless the thread is
   * busy with one batch.
   *
   * @param nanos the injected clock's monotonic time
   */
  default void tick(long nanos) {}
}
