package io.millrace.pipeline;

import io.millrace.component.Clock;
import io.millrace.component.Reply;
import io.millrace.pdata.Settlement;
import io.millrace.telemetry.Counter;

/**
 * Counts how a request ended for its sender and says so in the sender's words. Thread safe, as long
 * as one end is told.
 */
final class SenderReply {
  private final Reply reply;
  private final ReceiverCounters counters;
  private final OverloadHint hint;
  private final Clock clock;
  private final int items;
  private final long startNanos;

  /** Creates a reply for a request of {@code items} items; 1 where nobody knows. */
  SenderReply(Reply reply, ReceiverCounters counters, OverloadHint hint, Clock clock, int items) {
    this.reply = reply;
    this.counters = counters;
    this.hint = hint;
    this.clock = clock;
    this.items = items;
    this.startNanos = clock.nanos();
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
    count(counters.accepted());
    reply.accepted();
  }

  void unreadable(String fault) {
    count(counters.failed());
    reply.rejected(fault);
  }

  void tooLarge(String reason) {
    count(counters.refused());
    reply.tooLarge(reason);
  }

  private void rejected(String reason) {
    if (reason.equals(Settlement.TOO_LARGE)) {
      tooLarge(reason);
      return;
    }
    count(counters.refused());
    reply.rejected(reason);
  }

  private void refused(Settlement settlement) {
    count(counters.refused());
    reply.refused(settlement.reason(), Math.max(settlement.retryAfterNanos(), hint.nextNanos()));
  }

  private void count(Counter end) {
    end.add(items);
    counters.requestNanos().record(clock.nanos() - startNanos);
  }
}
