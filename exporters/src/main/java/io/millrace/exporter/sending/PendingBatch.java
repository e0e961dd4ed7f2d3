package io.millrace.exporter.sending;

import io.millrace.pdata.OtlpBatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A batch on its way to the backend, with the memory of its attempts.
 *
 * <p>Owned by the {@link SendQueue} while it waits and by its attempt while one is under way; only
 * {@link #tryEnd} may be called by others. Handed over under the queue's lock.
 */
final class PendingBatch {
  final OtlpBatch batch;
  final long enqueuedNanos;
  final boolean isPiece;
  long firstAttemptNanos;
  long dueNanos;
  int failures;

  private final AtomicBoolean ended = new AtomicBoolean();

  private PendingBatch(OtlpBatch batch, long nowNanos, boolean isPiece) {
    this.batch = batch;
    this.enqueuedNanos = nowNanos;
    this.isPiece = isPiece;
  }

  /** Notes a batch as it arrives. */
  static PendingBatch arrived(OtlpBatch batch, long nowNanos) {
    return new PendingBatch(batch, nowNanos, false);
  }

  /** Notes a piece of a batch that the backend refused as a whole. */
  static PendingBatch piece(OtlpBatch batch, long nowNanos) {
    return new PendingBatch(batch, nowNanos, true);
  }

  void startAttempt(long nowNanos) {
    if (failures == 0) {
      firstAttemptNanos = nowNanos;
    }
  }

  /** Returns whether the caller is the one to account for the batch and to settle it. */
  boolean tryEnd() {
    return ended.compareAndSet(false, true);
  }
}
