package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.component.InboundRequest;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.ring.BatchRing;
import org.jspecify.annotations.Nullable;

/**
 * The room that one request has been given in one pipeline: a slot of the ring and what the parts
 * behind it reserved. Ends in {@link #publish} or {@link #cancel}. Confined to the thread that
 * entered the request.
 */
final class PipelineClaim {
  private static final Settlement RING_FULL = Settlement.refused("ring_full", 0);

  private final Pipeline pipeline;
  private final InboundRequest request;
  private final int items;
  private long sequence = BatchRing.FULL;
  private int processors;
  private long branches;

  PipelineClaim(Pipeline pipeline, InboundRequest request, int items) {
    this.pipeline = pipeline;
    this.request = request;
    this.items = items;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Claims a slot, or returns why there is none. */
  @Nullable Settlement claimSlot() {
    sequence = pipeline.ring().claim();
    return sequence == BatchRing.FULL ? RING_FULL : null;
  }

  /** Reserves in every processor, or returns why one of them would not. */
  @Nullable Settlement reserveProcessors() {
    for (Admission admission : pipeline.admissions().processors()) {
      Settlement refusal = reserve(admission);
      if (refusal != null) {
        return refusal;
      }
      processors++;
    }
    return null;
  }

  /**
   * Reserves in every exporter that has room, or returns why that is not enough: a mandatory one
   * has none, or none has any.
   */
  @Nullable Settlement reserveExporters() {
    Admissions admissions = pipeline.admissions();
    Settlement worst = Settlement.DELIVERED;
    long full = 0;
    for (int i = 0; i < admissions.exits().size(); i++) {
      Branch exit = admissions.exits().get(i);
      Settlement refusal = reserve(exit.exporter().admission());
      if (refusal == null) {
        branches |= 1L << i;
      } else if (exit.isMandatory()) {
        exit.ledger().enqueueFailed(items);
        return refusal;
      } else {
        worst = worst.worse(refusal);
        full |= 1L << i;
      }
    }
    if (branches != 0) {
      return null; // the fan-out decides, and counts, whom the batch does not reach
    }
    admissions.enqueueFailed(items, full);
    return worst;
  }

  private @Nullable Settlement reserve(Admission admission) {
    return admission.reserve(request.signal(), items, request.length(), request.context());
  }

  /** Hands the batch to the pipeline, which releases what was reserved. */
  void publish(OtlpBatch batch) {
    pipeline.ring().publish(sequence, batch, branches);
    sequence = BatchRing.FULL;
  }

  /** Gives back whatever has been claimed and reserved so far. */
  void cancel() {
    pipeline.admissions().release(request.signal(), items, request.length(), processors, branches);
    if (sequence != BatchRing.FULL) {
      pipeline.ring().publishEmpty(sequence);
    }
  }
}
