package io.millrace.exporter.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings requests from the queue to the sender and its results to the outcomes.
 *
 * <p>Whoever makes room or brings work looks for the next batch that may go: a ring thread with a
 * new batch, the transport's thread with a result, the timer. No thread is its own. Thread safe.
 */
final class Dispatcher {
  /**
   * How long a request is held for a backend that is unwell where nothing may overtake it: it could
   * be the one thing that the backend cannot digest. And anywhere, from when it was told first that
   * the address is wrong, or held first because the backend does not know its account.
   */
  private static final long HOLD_NANOS_MAX = Duration.ofHours(1).toNanos();

  private final SendingConfig config;
  private final SendQueue queue;
  private final Outcomes outcomes;
  private final ExportAttempts attempts;
  private final Timing timing;
  private final Backoff backoff;
  private final SizeLimit sizeLimit = new SizeLimit();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile long deadlineNanos;

  Dispatcher(
      SendingConfig config,
      SendQueue queue,
      Outcomes outcomes,
      ExportAttempts attempts,
      Timing timing) {
    this.config = config;
    this.queue = queue;
    this.outcomes = outcomes;
    this.attempts = attempts;
    this.timing = timing;
    this.backoff = new Backoff(config.retryOnFailure(), timing.random());
  }

  /**
   * Takes a request whatever the room; it may go with the next {@link #dispatch}.
   *
   * @param requests how many requests of senders it stands for
   */
  void add(int lane, ExportRequest batch, int requests) {
    PendingBatch pending = PendingBatch.arrived(batch, lane, requests, now());
    outcomes.accepted(pending);
    attempts.enqueued(batch);
    if (!queue.add(pending)) {
      outcomes.shutDown(pending);
    }
  }

  /** Makes the attempts that may be made now. */
  void dispatch() {
    PendingBatch next = queue.takeNext(now());
    while (next != null) {
      attempt(next);
      next = queue.takeNext(now());
    }
    long delayNanos = queue.claimWakeUp(now());
    if (delayNanos != SendQueue.NO_WAKE_UP) {
      timing.timer().schedule(delayNanos, this::wakeUp);
    }
    if (stopped.get() && queue.isDrained()) {
      drained.countDown();
    }
  }

  private void wakeUp() {
    queue.wokeUp();
    dispatch();
  }

  private void attempt(PendingBatch pending) {
    if (pending.isUnheld) {
      outcomes.unheld(pending);
      queue.unsent(pending);
      return;
    }
    boolean isTooLarge = sizeLimit.isExceededBy(pending.batch.length(), now());
    if (isTooLarge && !pending.isProbe && cutBeforehand(pending)) {
      return;
    }
    pending.attemptNanos = now();
    attempts.sent(pending.batch);
    Attempt attempt = new Attempt(result -> completeLate(pending, result));
    try {
      pending.batch.send(attemptNanos(), attempt);
    } catch (RuntimeException e) { // a bug in the sender must cost neither the slot nor the ack
      attempt.finished(new SendResult.Permanent(e.toString()));
    }
    SendResult early = attempt.returned();
    if (early != null) {
      complete(pending, early);
    }
  }

  private long attemptNanos() {
    long timeout = config.timeoutNanos();
    return stopped.get() ? Math.clamp(deadlineNanos - now(), 1, timeout) : timeout;
  }

  /** Puts halves in the place of a request that is known to be too large, if it can be cut. */
  private boolean cutBeforehand(PendingBatch pending) {
    List<? extends ExportRequest> halves = Isolation.bySize(pending.batch);
    if (halves.isEmpty()) {
      return false;
    }
    if (outcomes.replaced(pending)) {
      List<PendingBatch> added = halves.stream().map(half -> pending.half(half, now())).toList();
      added.forEach(outcomes::accepted);
      if (!queue.putBack(pending, added)) {
        added.forEach(outcomes::shutDown);
      }
    }
    return true;
  }

  private void completeLate(PendingBatch pending, SendResult result) {
    complete(pending, result);
    dispatch();
  }

  private void complete(PendingBatch pending, SendResult result) {
    attempts.answered(result, now() - pending.attemptNanos);
    switch (result) {
      case SendResult.Delivered _ -> {
        outcomes.delivered(pending);
        sizeLimit.taken(pending.batch.length());
        pending.isolation.taken();
        queue.answered(pending);
      }
      case SendResult.PartialSuccess partial -> {
        outcomes.partiallyDelivered(pending, partial);
        pending.isolation.taken();
        queue.answered(pending);
      }
      case SendResult.Permanent permanent -> {
        isolateOrReject(pending, permanent.reason());
        queue.answered(pending);
      }
      case SendResult.Unsendable unsendable -> {
        isolateOrReject(pending, unsendable.reason());
        queue.unsent(pending);
      }
      case SendResult.TooLarge tooLarge -> halveOrReject(pending, tooLarge);
      case SendResult.Retryable retryable -> retryOrGiveUp(pending, retryable);
      case SendResult.Held held -> holdAccount(pending, held);
      case SendResult.Unserved unserved ->
          hold(pending, unserved.reason(), isUnservedTooLong(pending));
    }
    outcomes.backendIs(queue.backendIsDown(), result);
  }

  /** One sender's mistake, or one bad item, must not cost what else is in the same request. */
  private void isolateOrReject(PendingBatch pending, String reason) {
    boolean isJoined = Isolation.senders(pending.batch) > 1;
    List<? extends ExportRequest> pieces = List.of();
    if (isJoined) {
      pieces = Isolation.bySender(pending.batch);
    } else if (pending.isolation.isWorthSearching()) {
      pieces = Isolation.bySize(pending.batch);
    }
    if (pieces.isEmpty()) {
      pending.isolation.bad(pending.batch.items());
      outcomes.permanent(pending, reason);
    } else {
      replace(pending, pieces, isJoined);
    }
  }

  private void halveOrReject(PendingBatch pending, SendResult.TooLarge result) {
    sizeLimit.tooLarge(pending.batch.length(), now());
    List<? extends ExportRequest> pieces =
        pending.isolation.isWorthHalving() ? Isolation.bySize(pending.batch) : List.of();
    if (pieces.isEmpty()) {
      pending.isolation.tooLarge();
      outcomes.tooLarge(pending, result.reason());
    } else {
      replace(pending, pieces, false);
    }
    queue.answered(pending);
  }

  /** Goes on with pieces, which have acks of their own, in place of the request. */
  private void replace(
      PendingBatch pending, List<? extends ExportRequest> pieces, boolean betweenSenders) {
    if (!outcomes.replaced(pending)) {
      return;
    }
    List<PendingBatch> added = new ArrayList<>(pieces.size());
    for (ExportRequest piece : pieces) {
      Isolation isolation = betweenSenders ? pending.isolation.ofSender(piece) : pending.isolation;
      added.add(pending.piece(piece, isolation, now()));
    }
    added.forEach(outcomes::accepted);
    if (!queue.addPieces(added)) {
      added.forEach(outcomes::shutDown);
    }
  }

  private void retryOrGiveUp(PendingBatch pending, SendResult.Retryable result) {
    long now = now();
    pending.failures++;
    long delay = backoff.delayNanos(pending.failures, result.retryAfterNanos());
    charge(pending, now - pending.attemptNanos, delay, queue.backendIsUnwell());
    boolean pauses = result.retryAfterNanos() > 0;
    if (isExhausted(pending) || !queue.retry(pending, now + delay, pauses)) {
      giveUp(pending, result, now);
    }
  }

  /** An outage is not held against a request for which nobody waits. */
  private void charge(PendingBatch pending, long attempt, long delay, boolean isUnwell) {
    if (config.sendingQueue().isAwaited()) {
      pending.spentNanos += attempt + delay;
    } else if (isUnwell) {
      pending.heldNanos += attempt + delay;
    } else {
      long asked = Math.max(0, delay - (long) backoff.meanNanos(pending.failures));
      pending.spentNanos += attempt + delay - asked;
      pending.heldNanos += asked;
    }
  }

  private boolean isUnservedTooLong(PendingBatch pending) {
    if (!pending.isUnserved) {
      pending.isUnserved = true;
      pending.unservedNanos = now();
    }
    return now() - pending.unservedNanos > HOLD_NANOS_MAX;
  }

  /** The operator has to act, and need not hurry: nothing is dropped where nobody waits. */
  private void hold(PendingBatch pending, String reason, boolean isTooLong) {
    long due = failedUntilProbe(pending);
    if (isTooLong || isExhausted(pending) || !queue.hold(pending, due)) {
      giveUp(pending, new SendResult.Retryable(reason, 0), now());
    }
  }

  /** Where requests go under several accounts, one that is not known does not hold the others. */
  private void holdAccount(PendingBatch pending, SendResult.Held held) {
    Account account = pending.named();
    if (account == null) {
      hold(pending, held.reason(), false);
      return;
    }
    long due = failedUntilProbe(pending);
    outcomes.accountIsHeld(account, held.reason());
    queue.holdAccount(account, due);
    if (isExhausted(pending) || stopped.get()) {
      end(pending, new SendResult.Retryable(held.reason(), 0));
      queue.unsent(pending);
    } else if (!queue.putAside(pending, account, now(), due)) {
      outcomes.unheld(pending);
      queue.unsent(pending);
    }
    queue.giveUpHeld(account, this::isHeldTooLong).forEach(outcomes::unheld);
  }

  /** A sender that waits is told in time that its request does not go. */
  private boolean isHeldTooLong(PendingBatch pending) {
    long max = config.retryOnFailure().maxElapsedTime().toNanos();
    boolean isLate =
        config.sendingQueue().isAwaited() && max > 0 && now() - pending.enqueuedNanos > max;
    return isLate || now() - pending.heldSinceNanos > HOLD_NANOS_MAX;
  }

  /** Notes the failure, and returns when the backend is to be asked again. */
  private long failedUntilProbe(PendingBatch pending) {
    long now = now();
    pending.failures++;
    long delay = backoff.delayNanos(1, SendQueue.PROBE_NANOS);
    charge(pending, now - pending.attemptNanos, delay, true);
    return now + delay;
  }

  private boolean isExhausted(PendingBatch pending) {
    long max = config.retryOnFailure().maxElapsedTime().toNanos();
    return !config.retryOnFailure().enabled()
        || (max > 0 && pending.spentNanos > max)
        || (max > 0 && queue.keepsOrder() && pending.heldNanos > HOLD_NANOS_MAX);
  }

  private void giveUp(PendingBatch pending, SendResult.Retryable result, long now) {
    end(pending, result);
    queue.failed(pending, now);
  }

  private void end(PendingBatch pending, SendResult.Retryable result) {
    if (stopped.get()) {
      outcomes.shutDown(pending);
    } else {
      outcomes.exhausted(pending, result);
    }
  }

  /**
   * Tries what is left once more and returns when all of it has ended, at the latest after {@code
   * limitNanos} or when interrupted. Called twice it does nothing.
   */
  void drain(long limitNanos) {
    deadlineNanos = now() + limitNanos;
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    queue.drain();
    timing.timer().schedule(limitNanos, this::abandon);
    dispatch();
    try {
      drained.await();
    } catch (InterruptedException e) { // the host's deadline has come
      Thread.currentThread().interrupt();
    }
    abandon();
    outcomes.reportShutdown();
  }

  /** Gives up what is left; its senders hear of the shutdown. */
  private void abandon() {
    queue.close().forEach(outcomes::shutDown);
    drained.countDown();
  }

  private long now() {
    return timing.clock().nanos();
  }
}
