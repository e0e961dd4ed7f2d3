package io.millrace.processor.memorylimiter;

import io.millrace.component.Admission;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;

/** Has its say at the door; behind it everything passes. Thread safe but for {@code consume}. */
final class MemoryLimiterProcessor implements Processor {
  private final Admission admission;
  private final Consumer next;

  MemoryLimiterProcessor(Admission admission, Consumer next) {
    this.admission = admission;
    this.next = next;
  }

  @Override
  public Admission admission() {
    return admission;
  }

  @Override
  public void consume(OtlpBatch batch) {
    next.consume(batch);
  }
}
