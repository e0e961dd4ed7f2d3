package io.millrace.exporter.sending;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A batch on its way to the backend, with the memory of its attempts.
 *
 * <p>The pieces of a batch share a memory of what was too large even alone: a backend that takes
 * nothing must not be asked for every single item.
 *
 * <p>Owned by the {@link SendQueue} while it waits and by its attempt while one is under way; only
 * {@link #tryEnd} may be called by others. Handed over under the queue's lock.
 */
final class PendingBatch {
  final ExportRequest batch;
  final long enqueuedNanos;
  final boolean isPiece;
  long firstAttemptNanos;
  long dueNanos;
  int failures;

  /** So many single items in a row are too large, and the others of the batch will be as well. */
  private static final int TOO_LARGE_MAX = 32;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final Halving halving;

  private PendingBatch(ExportRequest batch, long nowNanos, boolean isPiece, Halving halving) {
    this.batch = batch;
    this.enqueuedNanos = nowNanos;
    this.isPiece = isPiece;
    this.halving = halving;
  }

  /** Notes a batch as it arrives. */
  static PendingBatch arrived(ExportRequest batch, long nowNanos) {
    return new PendingBatch(batch, nowNanos, false, new Halving());
  }

  /** Notes a piece of this batch, which the backend refused as a whole. */
  PendingBatch piece(ExportRequest piece, long nowNanos) {
    return new PendingBatch(piece, nowNanos, true, halving);
  }

  boolean isWorthHalving() {
    return halving.itemsTooLargeInARow < TOO_LARGE_MAX;
  }

  /** Notes that the backend took it. */
  void taken() {
    halving.itemsTooLargeInARow = 0;
  }

  /** Notes that it was too large and was not halved. */
  void tooLarge() {
    halving.itemsTooLargeInARow++;
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

  /** What the pieces of one batch have shown; one of them is under way at a time. */
  private static final class Halving {
    private int itemsTooLargeInARow;
  }
}
