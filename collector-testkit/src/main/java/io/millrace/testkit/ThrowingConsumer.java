package io.millrace.testkit;

import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A consumer with a bug: throws at the first batches, without settling them, and then passes the
 * rest on. Thread safe.
 */
public final class ThrowingConsumer implements Consumer {
  private final AtomicInteger left;
  private final Consumer next;

  /** Throws {@code times} times before {@code next} gets its first batch. */
  public ThrowingConsumer(int times, Consumer next) {
    this.left = new AtomicInteger(times);
    this.next = next;
  }

  @Override
  public void consume(OtlpBatch batch) {
    if (left.getAndDecrement() > 0) {
      throw new IllegalStateException("a bug downstream, on purpose");
    }
    next.consume(batch);
  }
}
