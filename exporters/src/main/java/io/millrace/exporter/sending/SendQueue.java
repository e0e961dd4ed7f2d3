package io.millrace.exporter.sending;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows every batch of one exporter and which of them may go next.
 *
 * <p>A batch is fresh, in flight, or waiting for its retry. Only batches in flight occupy a slot:
 * one that waits would keep out others that the backend may well take. So that an outage does not
 * start the clock of {@code max_elapsed_time} for the whole queue, fresh batches stay back while
 * the {@link Gate} takes the backend to be down, and the batches already tried are its probes.
 *
 * <p>Pieces of a batch that was refused as a whole go before what is fresh, one at a time and the
 * latest first, so that few requests are spent on finding what is at fault.
 *
 * <p>Thread safe; one lock, held for a few instructions, under which nobody else is called.
 */
final class SendQueue {
  /** Returned when no retry needs a wake-up. */
  static final long NO_WAKE_UP = -1;

  private static final long HINT_NANOS_MIN = Duration.ofMillis(100).toNanos();
  private static final long HINT_NANOS_MAX = Duration.ofSeconds(10).toNanos();

  private final int slots;
  private final Gate gate;
  private final ArrayDeque<PendingBatch> fresh = new ArrayDeque<>();
  private final ArrayDeque<PendingBatch> pieces = new ArrayDeque<>();
  private final PriorityQueue<PendingBatch> retries =
      new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
  private final Set<PendingBatch> inFlight = new HashSet<>();
  private int piecesInFlight;
  private long heldItems;
  private long heldBytes;
  private boolean draining;
  private boolean closed;
  private boolean wakeUpSet;
  private long wakeUpNanos;

  /** Creates an empty queue with {@code slots} attempts at once, at least 1. */
  SendQueue(int slots) {
    this.slots = slots;
    this.gate = new Gate(slots);
  }

  /** Takes a batch whatever is in the queue; returns false when closed. */
  synchronized boolean add(PendingBatch batch) {
    if (closed) {
      return false;
    }
    arrive(batch);
    return fresh.add(batch);
  }

  private void arrive(PendingBatch batch) {
    heldItems += batch.batch.items();
    heldBytes += batch.batch.ack().bytes();
  }

  /** Moves the next batch into a free slot and returns it, or null when none may go now. */
  synchronized @Nullable PendingBatch takeNext(long nowNanos) {
    PendingBatch next = slotIsFree() ? poll(nowNanos) : null;
    if (next != null) {
      inFlight.add(next);
      piecesInFlight += next.isPiece ? 1 : 0;
    }
    return next;
  }

  private boolean slotIsFree() {
    return inFlight.size() < (draining ? slots : gate.openSlots());
  }

  private @Nullable PendingBatch poll(long nowNanos) {
    PendingBatch retry = retries.peek();
    if (retry != null && (draining || retry.dueNanos - nowNanos <= 0)) {
      return retries.poll();
    }
    if (!draining && gate.isDown() && !(retries.isEmpty() && inFlight.isEmpty())) {
      return null;
    }
    PendingBatch piece = piecesInFlight == 0 ? pieces.poll() : null;
    return piece != null ? piece : fresh.poll();
  }

  /** Frees the slot of a batch that was delivered. */
  synchronized void delivered(PendingBatch batch) {
    freeSlot(batch);
    gate.answered();
  }

  /** Frees the slot of a batch that was rejected for good. */
  synchronized void rejected(PendingBatch batch) {
    freeSlot(batch);
    gate.answered();
  }

  /** Takes the pieces of a batch, which go in their order; returns false when closed. */
  synchronized boolean addPieces(List<PendingBatch> added) {
    if (closed) {
      return false;
    }
    for (PendingBatch piece : added.reversed()) {
      arrive(piece);
      pieces.addFirst(piece);
    }
    return true;
  }

  /** Frees the slot of a batch whose attempt failed and which will not be retried. */
  synchronized void failed(PendingBatch batch) {
    freeSlot(batch);
    gate.failed();
  }

  private void freeSlot(PendingBatch batch) {
    if (leaveSlot(batch)) {
      heldItems -= batch.batch.items();
      heldBytes -= batch.batch.ack().bytes();
    }
  }

  private boolean leaveSlot(PendingBatch batch) {
    boolean wasInFlight = inFlight.remove(batch);
    piecesInFlight -= wasInFlight && batch.isPiece ? 1 : 0;
    return wasInFlight;
  }

  /**
   * Moves a batch whose attempt failed from its slot to the retries, to go at {@code dueNanos}.
   *
   * @return false when nothing may wait any more; then nothing has changed
   */
  synchronized boolean retry(PendingBatch batch, long dueNanos) {
    if (draining || !leaveSlot(batch)) {
      return false;
    }
    gate.failed();
    batch.dueNanos = dueNanos;
    return retries.add(batch);
  }

  /**
   * Returns in how many nanoseconds somebody must call {@link #takeNext} for a retry that comes
   * due, unless an earlier call has announced a wake-up for it already.
   */
  synchronized long claimWakeUp(long nowNanos) {
    PendingBatch first = retries.peek();
    if (first == null || !slotIsFree() || wakesUpBy(first.dueNanos)) {
      return NO_WAKE_UP;
    }
    wakeUpSet = true;
    wakeUpNanos = first.dueNanos;
    return Math.max(0, first.dueNanos - nowNanos);
  }

  private boolean wakesUpBy(long dueNanos) {
    return wakeUpSet && wakeUpNanos - dueNanos <= 0;
  }

  /** Ends an announced wake-up. */
  synchronized void wokeUp() {
    wakeUpSet = false;
  }

  /** From now on nothing waits for a retry, and every batch is tried at most once more. */
  synchronized void drain() {
    draining = true;
  }

  synchronized boolean isDrained() {
    return draining
        && fresh.isEmpty()
        && pieces.isEmpty()
        && retries.isEmpty()
        && inFlight.isEmpty();
  }

  /** Closes the queue and gives away what is left in it, attempts under way included. */
  synchronized List<PendingBatch> close() {
    draining = true;
    closed = true;
    List<PendingBatch> left = new ArrayList<>(inFlight);
    left.addAll(retries);
    left.addAll(pieces);
    left.addAll(fresh);
    inFlight.clear();
    piecesInFlight = 0;
    retries.clear();
    pieces.clear();
    fresh.clear();
    heldItems = 0;
    heldBytes = 0;
    return left;
  }

  /**
   * Returns when a sender may expect room: after half of what the oldest batch has waited, for that
   * wait is how long a full queue takes to empty; or when a backend that is down is probed next.
   */
  synchronized long hintNanos(long nowNanos) {
    PendingBatch oldest = fresh.peek();
    PendingBatch probe = gate.isDown() ? retries.peek() : null;
    long wait = oldest == null ? 0 : (nowNanos - oldest.enqueuedNanos) / 2;
    long down = probe == null ? 0 : probe.dueNanos - nowNanos;
    return Math.clamp(Math.max(wait, down), HINT_NANOS_MIN, HINT_NANOS_MAX);
  }

  /** Returns whether the backend is taken to be down; without the lock. */
  boolean backendIsDown() {
    return gate.isDown();
  }

  synchronized long heldItems() {
    return heldItems;
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  synchronized int inFlight() {
    return inFlight.size();
  }
}
