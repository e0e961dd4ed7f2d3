package io.millrace.exporter.sending;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request on its way to the backend, with the memory of its attempts.
 *
 * <p>Owned by the {@link SendQueue} while it waits and by its attempt while one is under way; only
 * {@link #tryEnd} may be called by others. Handed over under the queue's lock.
 */
final class PendingBatch {
  final ExportRequest batch;
  final int lane;
  final long enqueuedNanos;
  final boolean isPiece;
  final Isolation isolation;
  long attemptNanos;
  long dueNanos;
  int failures;

  /** What attempts and waits have taken of {@code max_elapsed_time}. */
  long spentNanos;

  /** What they have taken while the backend was unwell, which does not count. */
  long heldNanos;

  /** Whether it was told that the address is wrong, and when first. */
  boolean isUnserved;

  long unservedNanos;

  private final AtomicBoolean ended = new AtomicBoolean();

  private PendingBatch(
      ExportRequest batch, int lane, long nowNanos, boolean isPiece, Isolation isolation) {
    this.batch = batch;
    this.lane = lane;
    this.enqueuedNanos = nowNanos;
    this.isPiece = isPiece;
    this.isolation = isolation;
  }

  /** Notes a request as it arrives. */
  static PendingBatch arrived(ExportRequest batch, int lane, long nowNanos) {
    return new PendingBatch(batch, lane, nowNanos, false, Isolation.of(batch));
  }

  /** Notes a piece of this request, which the backend refused as a whole. */
  PendingBatch piece(ExportRequest piece, Isolation itsIsolation, long nowNanos) {
    return new PendingBatch(piece, lane, nowNanos, true, itsIsolation);
  }

  /** Returns whether the caller is the one to account for the request and to settle it. */
  boolean tryEnd() {
    return ended.compareAndSet(false, true);
  }
}
