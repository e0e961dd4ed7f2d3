package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import io.millrace.ring.BatchHandler;
import java.time.Duration;
import java.util.List;

/**
 * What the ring thread does with a batch: sends it through the processors to the exporters, then
 * ends the reservations that kept room for it. Confined to the ring thread.
 */
final class RingPass implements BatchHandler {
  private final Consumer first;
  private final Admissions admissions;
  private final FailureLog failures;
  private final List<Processor> ticking;

  RingPass(Consumer first, Admissions admissions, FailureLog failures, List<Processor> processors) {
    this.first = first;
    this.admissions = admissions;
    this.failures = failures;
    this.ticking = processors.stream().filter(p -> !p.tickInterval().isZero()).toList();
  }

  /** Returns how often to tick so that every processor is satisfied; zero for never. */
  Duration tickInterval() {
    return ticking.stream()
        .map(Processor::tickInterval)
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @Override
  public void handle(OtlpBatch batch) {
    first.consume(batch);
  }

  @Override
  public void left(OtlpBatch batch, long branches) {
    admissions.release(
        batch.signal(), batch.items(), batch.length(), admissions.processors().size(), branches);
  }

  @Override
  public void failed(Throwable failure) {
    failures.note(failure);
  }

  @Override
  public void tick(long nanos) {
    for (Processor processor : ticking) {
      processor.tick(nanos);
    }
  }
}
