package io.millrace.testkit;

import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps nothing and settles what arrives with the given settlements in turn. Thread safe. */
public final class RefusingConsumer implements Consumer {
  private final List<Settlement> inTurn;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * Settles the first batch with the first settlement, and so on; after the last comes the first.
   *
   * @param inTurn at least one
   */
  public RefusingConsumer(Settlement... inTurn) {
    this.inTurn = List.of(inTurn);
  }

  @Override
  public void consume(OtlpBatch batch) {
    batch.ack().settle(inTurn.get(calls.getAndIncrement() % inTurn.size()));
  }

  /** Returns how many batches have arrived. */
  public int calls() {
    return calls.get();
  }
}
