package io.millrace.exporter.sending;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one lane. In a lane with one slot nothing overtakes what waits for its retry, so
 * that order holds; only what waits for its account is overtaken by that of others. Guarded by the
 * lock of its {@link SendQueue}.
 */
final class Lane {
  /** Returned when the lane has nothing to send before something else happens. */
  static final long NOTHING = Long.MAX_VALUE;

  private final boolean keepsOrder;
  private final HeldLines held;
  private final ArrayDeque<PendingBatch> fresh = new ArrayDeque<>();
  private final ArrayDeque<PendingBatch> pieces = new ArrayDeque<>();
  private final PriorityQueue<PendingBatch> retries =
      new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
  private int inFlight;
  private int piecesInFlight;
  private boolean lastWasProbe;

  Lane(boolean keepsOrder, HeldAccounts accounts, HeldRoom room) {
    this.keepsOrder = keepsOrder;
    this.held = new HeldLines(keepsOrder, accounts, room);
  }

  void add(PendingBatch batch) {
    fresh.add(batch);
  }

  void addInFront(List<PendingBatch> smaller) {
    smaller.reversed().forEach(fresh::addFirst);
  }

  void addPieces(List<PendingBatch> added) {
    added.reversed().forEach(pieces::addFirst);
  }

  void addRetry(PendingBatch batch) {
    retries.add(batch);
  }

  /** Returns what waits until the backend knows its account. */
  HeldLines held() {
    return held;
  }

  /** Lets go what waits for an account, before what came later. */
  void release(Account account) {
    for (PendingBatch batch : held.release(account).reversed()) {
      (batch.isPiece ? pieces : fresh).addFirst(batch);
    }
  }

  /**
   * Returns what goes next, or null when nothing may go now.
   *
   * @param freshFirst prefers what was not tried yet, so that one request of which a backend
   *     despairs is not its only probe
   */
  @Nullable PendingBatch poll(long nowNanos, boolean freshFirst, boolean draining) {
    if (keepsOrder && inFlight > 0) {
      return null;
    }
    PendingBatch next = pollWaiting(nowNanos, freshFirst, draining);
    if (next != null) {
      inFlight++;
      piecesInFlight += next.isPiece ? 1 : 0;
    }
    return next;
  }

  private @Nullable PendingBatch pollWaiting(long nowNanos, boolean freshFirst, boolean draining) {
    boolean probeMayGo = !(keepsOrder && !retries.isEmpty());
    boolean othersFirst = draining || lastWasProbe;
    PendingBatch next = probeMayGo && !othersFirst ? pollProbe(nowNanos, draining) : null;
    if (next == null) {
      next = pollOther(nowNanos, freshFirst, draining);
    }
    return next == null && probeMayGo && othersFirst ? pollProbe(nowNanos, draining) : next;
  }

  private @Nullable PendingBatch pollProbe(long nowNanos, boolean draining) {
    PendingBatch probe = held.pollProbe(nowNanos, draining);
    if (probe != null) {
      probe.isProbe = true;
    }
    return probe;
  }

  private @Nullable PendingBatch pollOther(long nowNanos, boolean freshFirst, boolean draining) {
    PendingBatch retry = retries.peek();
    boolean retryMayGo = retry != null && (draining || retry.dueNanos - nowNanos <= 0);
    if (keepsOrder && retry != null) {
      return retryMayGo ? retries.poll() : null;
    }
    PendingBatch untried = freshFirst || !retryMayGo ? pollUntried() : null;
    return untried == null && retryMayGo ? retries.poll() : untried;
  }

  private @Nullable PendingBatch pollUntried() {
    PendingBatch piece = piecesInFlight == 0 ? pieces.poll() : null;
    return piece != null ? piece : fresh.poll();
  }

  /** Notes what is sent: a probe follows a probe only if nothing else may go. */
  void sent(PendingBatch batch) {
    lastWasProbe = batch.isProbe;
  }

  /** Notes that an attempt has ended. */
  void left(PendingBatch batch) {
    inFlight--;
    piecesInFlight -= batch.isPiece ? 1 : 0;
  }

  /** Returns in how many nanoseconds something may go, as far as this lane is concerned. */
  long nextNanos(long nowNanos) {
    if (keepsOrder && inFlight > 0) {
      return NOTHING;
    }
    PendingBatch retry = retries.peek();
    long probe = keepsOrder && retry != null ? NOTHING : held.nextNanos(nowNanos);
    boolean hasUntried = !fresh.isEmpty() || (piecesInFlight == 0 && !pieces.isEmpty());
    if (hasUntried && !(keepsOrder && retry != null)) {
      return 0;
    }
    return Math.min(probe, retry == null ? NOTHING : Math.max(0, retry.dueNanos - nowNanos));
  }

  /** Returns since when the oldest of what was never tried has waited, 0 when there is none. */
  long waitedNanos(long nowNanos) {
    PendingBatch oldest = fresh.peek();
    return oldest == null ? 0 : nowNanos - oldest.enqueuedNanos;
  }

  boolean isEmpty() {
    return held.isEmpty()
        && inFlight == 0
        && fresh.isEmpty()
        && pieces.isEmpty()
        && retries.isEmpty();
  }

  /** Gives away what waits, and forgets what is under way. */
  void moveAllTo(Collection<PendingBatch> target) {
    held.moveAllTo(target);
    target.addAll(retries);
    target.addAll(pieces);
    target.addAll(fresh);
    retries.clear();
    pieces.clear();
    fresh.clear();
    inFlight = 0;
    piecesInFlight = 0;
  }
}
