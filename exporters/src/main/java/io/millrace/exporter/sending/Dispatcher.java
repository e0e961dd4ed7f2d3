package io.millrace.exporter.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings batches from the queue to the sender and its results to the outcomes.
 *
 * <p>Whoever makes room or brings work looks for the next batch that may go: a ring thread with a
 * new batch, the transport's thread with a result, the timer. No thread is its own. Thread safe.
 */
final class Dispatcher {
  private final SendingConfig config;
  private final SendQueue queue;
  private final Outcomes outcomes;
  private final Timing timing;
  private final Backoff backoff;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile long deadlineNanos;

  Dispatcher(SendingConfig config, SendQueue queue, Outcomes outcomes, Timing timing) {
    this.config = config;
    this.queue = queue;
    this.outcomes = outcomes;
    this.timing = timing;
    this.backoff = new Backoff(config.retryOnFailure(), timing.random());
  }

  /** Takes a batch whatever the room. */
  void accept(ExportRequest batch) {
    PendingBatch pending = PendingBatch.arrived(batch, now());
    outcomes.accepted(pending);
    if (queue.add(pending)) {
      dispatch();
    } else {
      outcomes.shutDown(pending);
    }
  }

  private void dispatch() {
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
    pending.startAttempt(now());
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

  private void completeLate(PendingBatch pending, SendResult result) {
    complete(pending, result);
    dispatch();
  }

  private void complete(PendingBatch pending, SendResult result) {
    switch (result) {
      case SendResult.Delivered _ -> {
        outcomes.delivered(pending);
        pending.taken();
        queue.delivered(pending);
      }
      case SendResult.PartialSuccess partial -> {
        outcomes.partiallyDelivered(pending, partial);
        pending.taken();
        queue.delivered(pending);
      }
      case SendResult.Permanent permanent -> isolateOrReject(pending, permanent);
      case SendResult.TooLarge tooLarge -> halveOrReject(pending, tooLarge);
      case SendResult.Retryable retryable -> retryOrGiveUp(pending, retryable);
    }
    outcomes.backendIs(queue.backendIsDown(), result);
  }

  /** One sender's mistake must not cost the others whose items are in the same batch. */
  private void isolateOrReject(PendingBatch pending, SendResult.Permanent result) {
    List<? extends ExportRequest> pieces = pending.batch.withoutFault();
    if (pieces.isEmpty()) {
      outcomes.permanent(pending, result.reason());
    } else {
      replace(pending, pieces);
    }
    queue.rejected(pending);
  }

  private void halveOrReject(PendingBatch pending, SendResult.TooLarge result) {
    List<? extends ExportRequest> pieces =
        pending.isWorthHalving() ? pending.batch.halves() : List.of();
    if (pieces.isEmpty()) {
      pending.tooLarge();
      outcomes.tooLarge(pending, result.reason());
    } else {
      replace(pending, pieces);
    }
    queue.rejected(pending);
  }

  /** Goes on with pieces, which have acks of their own, in place of the batch. */
  private void replace(PendingBatch pending, List<? extends ExportRequest> pieces) {
    if (!outcomes.replaced(pending)) {
      return;
    }
    List<PendingBatch> added = new ArrayList<>(pieces.size());
    for (ExportRequest piece : pieces) {
      added.add(pending.piece(piece, now()));
    }
    added.forEach(outcomes::accepted);
    if (!queue.addPieces(added)) {
      added.forEach(outcomes::shutDown);
    }
  }

  private void retryOrGiveUp(PendingBatch pending, SendResult.Retryable result) {
    long now = now();
    pending.failures++;
    long elapsed = now - pending.firstAttemptNanos;
    long delay = backoff.delayNanos(pending.failures, elapsed, result.retryAfterNanos());
    if (delay == Backoff.GIVE_UP || !queue.retry(pending, now + delay)) {
      giveUp(pending, result);
    }
  }

  private void giveUp(PendingBatch pending, SendResult.Retryable result) {
    if (stopped.get()) {
      outcomes.shutDown(pending);
    } else {
      outcomes.exhausted(pending, result);
    }
    queue.failed(pending);
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
