package io.millrace.pipeline;

import io.millrace.pdata.OtlpBatch;
import io.millrace.ring.BatchHandler;

/**
 * What the ring thread does with a batch: sends it through the processors to the exporters, then
 * ends the reservations that kept room for it. Confined to the ring thread.
 */
final class RingPass implements BatchHandler {
  private final PipelineWay way;
  private final Admissions admissions;
  private final FailureLog failures;

  RingPass(PipelineWay way, Admissions admissions, FailureLog failures) {
    this.way = way;
    this.admissions = admissions;
    this.failures = failures;
  }

  @Override
  public void handle(OtlpBatch batch) {
    way.consume(batch);
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
    way.tick(nanos);
  }
}
