package io.millrace.pipeline;

import io.millrace.component.Reply;
import io.millrace.pdata.Settlement;

/**
 * Counts how a request ended for its sender and says so in the sender's words. Thread safe, as long
 * as one end is told.
 */
final class SenderReply {
  private final Reply reply;
  private final ReceiverCounters counters;
  private final OverloadHint hint;
  private final int items;

  /** Creates a reply for a request of {@code items} items; 1 where nobody knows. */
  SenderReply(Reply reply, ReceiverCounters counters, OverloadHint hint, int items) {
    this.reply = reply;
    this.counters = counters;
    this.hint = hint;
    this.items = items;
  }

  /** Tells the sender how its items ended; what was dropped must not be sent again. */
  void settled(Settlement settlement) {
    switch (settlement.kind()) {
      case DELIVERED, HELD, DROPPED -> accepted();
      case REJECTED -> rejected(settlement.reason());
      case REFUSED -> refused(settlement);
    }
  }

  void accepted() {
    counters.accepted().add(items);
    reply.accepted();
  }

  void unreadable(String fault) {
    counters.failed().add(items);
    reply.rejected(fault);
  }

  void tooLarge(String reason) {
    counters.refused().add(items);
    reply.tooLarge(reason);
  }

  private void rejected(String reason) {
    if (reason.equals(Settlement.TOO_LARGE)) {
      tooLarge(reason);
      return;
    }
    counters.refused().add(items);
    reply.rejected(reason);
  }

  private void refused(Settlement settlement) {
    counters.refused().add(items);
    reply.refused(settlement.reason(), Math.max(settlement.retryAfterNanos(), hint.nextNanos()));
  }
}
