package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Settlement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request that was admitted: gives its bytes back when the last pipeline has ended with it, and
 * answers its sender when those pipelines have that the sender waits for. Thread safe.
 */
final class EnteredRequest {
  private final SenderReply reply;
  private final ByteBudget budget;
  private final long reservedBytes;
  private final AtomicInteger open;
  private final AtomicInteger awaited;
  private final AtomicReference<Settlement> worst = new AtomicReference<>(Settlement.DELIVERED);

  /**
   * Notes a request.
   *
   * @param pipelines how many have been given it
   * @param awaited how many of these the sender waits for
   */
  EnteredRequest(
      SenderReply reply, ByteBudget budget, long reservedBytes, int pipelines, int awaited) {
    this.reply = reply;
    this.budget = budget;
    this.reservedBytes = reservedBytes;
    this.open = new AtomicInteger(pipelines);
    this.awaited = new AtomicInteger(awaited);
  }

  /** Returns the ack of one pipeline; {@code isAwaited} if the sender waits for it. */
  Ack way(boolean isAwaited) {
    return isAwaited ? Ack.of(this::awaitedEnded) : Ack.of(settlement -> ended());
  }

  private void awaitedEnded(Settlement settlement) {
    worst.accumulateAndGet(settlement, Settlement::worse);
    ended();
    if (awaited.decrementAndGet() == 0) {
      reply.settled(worst.get());
    }
  }

  private void ended() {
    if (open.decrementAndGet() == 0) {
      budget.release(reservedBytes);
    }
  }
}
