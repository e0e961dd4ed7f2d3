package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.telemetry.Counter;
import java.util.List;

/**
 * The way from one stage to the next: counts the items, and keeps a failure of the next stage from
 * those before it, which may hold batches of other senders. Confined to the ring thread.
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
    handOver(next, batch, Settlement.PROCESSOR_ERROR, failures);
  }

  /**
   * Lets {@code stage} consume the batch. If it throws, that is noted, and what is still inside of
   * the batch ends as {@code onThrow}.
   */
  static void handOver(Consumer stage, OtlpBatch batch, Settlement onThrow, FailureLog failures) {
    try {
      stage.consume(batch);
    } catch (RuntimeException e) { // costs this batch alone
      failures.note(e);
      batch.ack().settle(onThrow);
    }
  }
}
