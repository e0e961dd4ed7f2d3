package io.millrace.exporter.sending;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to the backend, with the memory of its attempts.
 *
 * <p>Owned by the {@link SendQueue} while it waits and by its attempt while one is under way; only
 * {@link #tryEnd} may be called by others. Handed over under the queue's lock.
 */
final class PendingBatch {
  final ExportRequest batch;

  /** {@code null} as long as it goes under the same name as all others. */
  @Nullable Account account;

  final int lane;

  /** How many of the requests that its senders made it stands for, at least 1. */
  final int requests;

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

  /** Whether it finds out if the backend knows its account by now. */
  boolean isProbe;

  /** Whether it was ever put aside for its account, and when first. */
  boolean isHeld;

  long heldSinceNanos;

  /** Whether its account is held and there is no room to wait with. */
  boolean isUnheld;

  /** Whether it was told that the address is wrong, and when first. */
  boolean isUnserved;

  long unservedNanos;

  private final AtomicBoolean ended = new AtomicBoolean();

  private PendingBatch(
      ExportRequest batch,
      int lane,
      int requests,
      long nowNanos,
      boolean isPiece,
      Isolation isolation) {
    this.batch = batch;
    this.account = batch.account();
    this.lane = lane;
    this.requests = requests;
    this.enqueuedNanos = nowNanos;
    this.isPiece = isPiece;
    this.isolation = isolation;
  }

  /** Notes a request as it arrives. */
  static PendingBatch arrived(ExportRequest batch, int lane, int requests, long nowNanos) {
    return new PendingBatch(batch, lane, requests, nowNanos, false, Isolation.of(batch));
  }

  /** Notes a part of this request, which was not sent, as it arrives. */
  PendingBatch half(ExportRequest half, long nowNanos) {
    return arrived(half, lane, part(requests, half.items(), batch.items()), nowNanos);
  }

  /** Notes a piece of this request, which the backend refused as a whole. */
  PendingBatch piece(ExportRequest piece, Isolation itsIsolation, long nowNanos) {
    int part = part(requests, piece.items(), batch.items());
    return new PendingBatch(piece, lane, part, nowNanos, true, itsIsolation);
  }

  /** Returns for how many of {@code requests} some of their items stand. */
  static int part(int requests, int items, int ofItems) {
    return (int) Math.max(1, (long) requests * items / Math.max(1, ofItems));
  }

  /** Returns its account, also where others have been named only since it came. */
  @Nullable Account named() {
    if (account == null) {
      account = batch.account();
    }
    return account;
  }

  /** Returns whether the caller is the one to account for the request and to settle it. */
  boolean tryEnd() {
    return ended.compareAndSet(false, true);
  }
}
