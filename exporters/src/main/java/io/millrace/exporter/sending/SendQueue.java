package io.millrace.exporter.sending;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows every request of one exporter and which of them may go next.
 *
 * <p>A request is fresh, in flight, or waiting for its retry. Only those in flight occupy a slot:
 * one that waits would keep out others that the backend may well take. Lanes take turns.
 *
 * <p>Pieces of a request that was refused as a whole go before what is fresh, one at a time and the
 * latest first, so that few requests are spent on finding what is at fault.
 *
 * <p>What goes under an account that the backend does not know is put aside, within its room, while
 * one request finds out from time to time whether that has changed.
 *
 * <p>Thread safe; one lock, held for a few instructions, under which nobody else is called.
 */
final class SendQueue {
  /** Returned when nothing needs a wake-up. */
  static final long NO_WAKE_UP = -1;

  /** How often a backend is asked again that does not know an account, or us. */
  static final long PROBE_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long HINT_NANOS_MIN = Duration.ofMillis(100).toNanos();
  private static final long HINT_NANOS_MAX = Duration.ofSeconds(10).toNanos();

  private final int slots;
  private final boolean keepsOrder;
  private final Breaker breaker;
  private final HeldAccounts accounts = new HeldAccounts();
  private final HeldRoom heldRoom;
  private final List<Lane> lanes;
  private final Set<PendingBatch> inFlight = new HashSet<>();
  private int turn;
  private long heldItems;
  private long heldBytes;
  private boolean draining;
  private boolean closed;
  private boolean wakeUpSet;
  private long wakeUpNanos;

  private SendQueue(int lanes, int slots, HeldRoom heldRoom) {
    this.slots = slots;
    this.keepsOrder = lanes == slots;
    this.breaker = new Breaker(slots);
    this.heldRoom = heldRoom;
    this.lanes =
        IntStream.range(0, lanes)
            .mapToObj(lane -> new Lane(keepsOrder, accounts, heldRoom))
            .toList();
  }

  /** Creates an empty queue of one lane with {@code slots} attempts at once; 1 keeps the order. */
  static SendQueue ofSlots(int slots, HeldRoom heldRoom) {
    return new SendQueue(1, slots, heldRoom);
  }

  /** Creates an empty queue with one attempt at a time in each of {@code lanes}. */
  static SendQueue ofLanes(int lanes, HeldRoom heldRoom) {
    return new SendQueue(lanes, lanes, heldRoom);
  }

  boolean keepsOrder() {
    return keepsOrder;
  }

  /** Takes a request whatever is in the queue; returns false when closed. */
  synchronized boolean add(PendingBatch batch) {
    if (closed) {
      return false;
    }
    arrive(batch);
    laneOf(batch).add(batch);
    return true;
  }

  private void arrive(PendingBatch batch) {
    heldItems += batch.batch.items();
    heldBytes += batch.batch.ack().bytes();
  }

  /** Moves the next request into a free slot and returns it, or null when none may go now. */
  synchronized @Nullable PendingBatch takeNext(long nowNanos) {
    if (!slotIsFree() || (!draining && breaker.pauseNanos(nowNanos) > 0)) {
      return null;
    }
    for (int i = 0; i < lanes.size(); i++) {
      turn = turn + 1 < lanes.size() ? turn + 1 : 0;
      PendingBatch next = poll(lanes.get(turn), nowNanos);
      if (next != null) {
        inFlight.add(next);
        return next;
      }
    }
    return null;
  }

  /** Returns what goes next in a lane and is not held, or for what is held there is no room. */
  private @Nullable PendingBatch poll(Lane lane, long nowNanos) {
    PendingBatch next = lane.poll(nowNanos, breaker.isOpen(), draining);
    while (next != null && !next.isProbe && isHeld(lane, next, nowNanos)) {
      if (!draining && isHeldRoomTaken()) {
        next.isUnheld = true;
        return next;
      }
      lane.left(next);
      Account account = requireNonNull(next.account);
      long due = nowNanos + accounts.heldNanos(account, nowNanos);
      lane.held().add(account, next, nowNanos, due);
      next = lane.poll(nowNanos, breaker.isOpen(), draining);
    }
    if (next != null) {
      lane.sent(next);
    }
    if (next != null && next.isProbe) {
      accounts.hold(requireNonNull(next.account), nowNanos + PROBE_NANOS);
    }
    return next;
  }

  /** Nothing overtakes what waits for the same account. */
  private boolean isHeld(Lane lane, PendingBatch batch, long nowNanos) {
    Account account = batch.named();
    return account != null
        && (lane.held().has(account) || (!draining && accounts.heldNanos(account, nowNanos) > 0));
  }

  private boolean isHeldRoomTaken() {
    return heldRoom.isFull() && accounts.othersAreKnown();
  }

  private boolean slotIsFree() {
    return inFlight.size() < (draining ? slots : breaker.openSlots());
  }

  /** Frees the slot of a request that was delivered, or rejected for good. */
  synchronized void answered(PendingBatch batch) {
    boolean wasProbe = batch.isProbe;
    freeSlot(batch);
    breaker.answered();
    Account account = batch.account;
    if (account != null && (accounts.isKnownNow(account) || wasProbe)) {
      lanes.forEach(lane -> lane.release(account));
    }
  }

  /** Frees the slot of a request that was not sent and never will be. */
  synchronized void unsent(PendingBatch batch) {
    freeSlot(batch);
  }

  /** Takes the pieces of a request, which go in their order; returns false when closed. */
  synchronized boolean addPieces(List<PendingBatch> added) {
    if (closed) {
      return false;
    }
    added.forEach(this::arrive);
    laneOf(added.getFirst()).addPieces(added);
    return true;
  }

  /**
   * Frees the slot of a request that was not sent, and puts smaller ones in its place; returns
   * false when closed.
   */
  synchronized boolean putBack(PendingBatch batch, List<PendingBatch> smaller) {
    freeSlot(batch);
    if (closed) {
      return false;
    }
    smaller.forEach(this::arrive);
    laneOf(batch).addInFront(smaller);
    return true;
  }

  /** Frees the slot of a request whose attempt failed and which will not be retried. */
  synchronized void failed(PendingBatch batch, long nowNanos) {
    freeSlot(batch);
    breaker.failed(nowNanos);
  }

  private void freeSlot(PendingBatch batch) {
    if (leaveSlot(batch)) {
      depart(batch);
    }
  }

  private void depart(PendingBatch batch) {
    heldItems -= batch.batch.items();
    heldBytes -= batch.batch.ack().bytes();
  }

  private boolean leaveSlot(PendingBatch batch) {
    boolean wasInFlight = inFlight.remove(batch);
    if (wasInFlight) {
      batch.isProbe = false;
      laneOf(batch).left(batch);
    }
    return wasInFlight;
  }

  private Lane laneOf(PendingBatch batch) {
    return lanes.get(batch.lane);
  }

  /**
   * Moves a request whose attempt failed from its slot to the retries, to go at {@code dueNanos}.
   *
   * @param pauses whether the backend asked to be left alone until then
   * @return false when nothing may wait any more; then nothing has changed
   */
  synchronized boolean retry(PendingBatch batch, long dueNanos, boolean pauses) {
    if (draining || !leaveSlot(batch)) {
      return false;
    }
    breaker.failed(dueNanos);
    if (pauses) {
      breaker.pause(dueNanos);
    }
    batch.dueNanos = dueNanos;
    laneOf(batch).addRetry(batch);
    return true;
  }

  /**
   * Moves a request back that the backend does not take for reasons of its own, and opens the
   * breaker.
   *
   * @param probeNanos when to ask again
   * @return false when nothing may wait any more; then nothing has changed
   */
  synchronized boolean hold(PendingBatch batch, long probeNanos) {
    if (draining || !leaveSlot(batch)) {
      return false;
    }
    breaker.open(probeNanos);
    batch.dueNanos = probeNanos;
    laneOf(batch).addRetry(batch);
    return true;
  }

  /**
   * Sends nothing of an account that the backend does not know until {@code probeNanos}; says
   * nothing of the backend.
   */
  synchronized void holdAccount(Account account, long probeNanos) {
    accounts.hold(account, probeNanos);
  }

  /**
   * Puts a request aside that was sent in vain under an account that is held. A probe has its place
   * though others have come meanwhile.
   *
   * @return false when nothing may wait any more, or not this for want of room; then it still has
   *     its slot
   */
  synchronized boolean putAside(
      PendingBatch batch, Account account, long nowNanos, long probeNanos) {
    boolean hasRoom = batch.isProbe || !isHeldRoomTaken();
    if (draining || !hasRoom || !leaveSlot(batch)) {
      return false;
    }
    laneOf(batch).held().add(account, batch, nowNanos, probeNanos);
    return true;
  }

  /**
   * Gives away what has waited too long for an account, and what takes the room of others who are
   * known by now.
   */
  synchronized List<PendingBatch> giveUpHeld(Account account, Predicate<PendingBatch> isTooOld) {
    List<PendingBatch> given = new ArrayList<>();
    for (Lane lane : lanes) {
      lane.held().giveUpIf(account, isTooOld, given);
      if (accounts.othersAreKnown()) {
        lane.held().giveUpExcess(account, given);
      }
    }
    given.forEach(this::depart);
    return given;
  }

  /**
   * Returns in how many nanoseconds somebody must call {@link #takeNext} for what will be due by
   * then, unless an earlier call has announced a wake-up for it already.
   */
  synchronized long claimWakeUp(long nowNanos) {
    long delay = slotIsFree() ? delayNanos(nowNanos) : Lane.NOTHING;
    if (delay == Lane.NOTHING || (wakeUpSet && wakeUpNanos - (nowNanos + delay) <= 0)) {
      return NO_WAKE_UP;
    }
    wakeUpSet = true;
    wakeUpNanos = nowNanos + delay;
    return delay;
  }

  private long delayNanos(long nowNanos) {
    long delay = Lane.NOTHING;
    for (Lane lane : lanes) {
      delay = Math.min(delay, lane.nextNanos(nowNanos));
    }
    return Math.max(delay, breaker.pauseNanos(nowNanos));
  }

  /** Ends an announced wake-up. */
  synchronized void wokeUp() {
    wakeUpSet = false;
  }

  /** From now on nothing waits for a retry, and every request is tried at most once more. */
  synchronized void drain() {
    draining = true;
  }

  synchronized boolean isDrained() {
    return draining && lanes.stream().allMatch(Lane::isEmpty);
  }

  /** Closes the queue and gives away what is left in it, attempts under way included. */
  synchronized List<PendingBatch> close() {
    draining = true;
    closed = true;
    List<PendingBatch> left = new ArrayList<>(inFlight);
    lanes.forEach(lane -> lane.moveAllTo(left));
    inFlight.clear();
    heldItems = 0;
    heldBytes = 0;
    return left;
  }

  /**
   * Returns when a sender may expect room: after half of what the oldest request has waited, for
   * that wait is how long a full queue takes to empty; or with the next attempt where none is under
   * way.
   */
  synchronized long hintNanos(long nowNanos) {
    long wait = 0;
    for (Lane lane : lanes) {
      wait = Math.max(wait, lane.waitedNanos(nowNanos) / 2);
    }
    long next = inFlight.isEmpty() ? delayNanos(nowNanos) : 0;
    return Math.clamp(
        Math.max(wait, next == Lane.NOTHING ? 0 : next), HINT_NANOS_MIN, HINT_NANOS_MAX);
  }

  /** Returns whether the backend is taken to be down; without the lock. */
  boolean backendIsDown() {
    return breaker.isOpen();
  }

  /** Returns whether what fails now is rather the backend's fault; without the lock. */
  boolean backendIsUnwell() {
    return breaker.isUnwell();
  }

  synchronized long heldItems() {
    return heldItems;
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  synchronized int heldAccounts() {
    return accounts.count();
  }

  synchronized int inFlight() {
    return inFlight.size();
  }
}
