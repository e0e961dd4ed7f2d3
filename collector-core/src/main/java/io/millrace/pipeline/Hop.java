package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.telemetry.Counter;
import java.util.List;

/**
 * The way from one stage to the next: counts the items, and keeps a failure of the next stage from
 * those before it, which may hold batches of other senders. What that stage had passed on before it
 * failed goes its way. Confined to the ring thread.
 */
final class Hop implements Consumer {
  private final Counter[] counters;
  private final Consumer next;
  private final FailureLog failures;

  Hop(List<Counter> counters, Consumer next, FailureLog failures) {
    this.counters = counters.toArray(Counter[]::new);
    this.next = next;
    this.failures = failures;
  }

  @Override
  public void consume(OtlpBatch batch) {
    for (Counter counter : counters) {
      counter.add(batch.items());
    }
    CountedAck.enter(batch.ack(), next);
    try {
      next.consume(batch);
    } catch (RuntimeException e) { // costs this batch alone
      failures.note(e);
      CountedAck.endIn(batch.ack(), next, Settlement.PROCESSOR_ERROR);
    }
  }
}
