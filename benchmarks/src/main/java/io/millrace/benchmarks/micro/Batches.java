package io.millrace.benchmarks.micro;

import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Batches to measure with; their acks tell nobody. */
final class Batches {
  private static final Arrival ARRIVAL = new Arrival(0, 0);
  private static final Ack NOBODY = Ack.of(settlement -> {});

  private Batches() {}

  static OtlpBatch of(Payload payload) {
    return of(payload.bytes(), payload.items());
  }

  static OtlpBatch of(byte[] bytes, int items) {
    return new OtlpBatch(
        bytes, 0, bytes.length, Signal.TRACES, items, ARRIVAL, RequestContext.EMPTY, NOBODY);
  }

  /** Edits a batch that is small enough to be edited at once. */
  static OtlpBatch edit(OtlpSplicer splicer, OtlpBatch batch) {
    if (!splicer.edit(batch)) {
      throw new IllegalArgumentException("batch: " + batch.length() + " bytes grow too much");
    }
    return Objects.requireNonNull(splicer.apply());
  }

  /** Returns batches of different spans. */
  static List<OtlpBatch> of(Payload payload, int count) {
    RenderedRequest rendered = payload.render();
    List<OtlpBatch> batches = new ArrayList<>(count);
    for (int request = 0; request < count; request++) {
      byte[] bytes = rendered.copy();
      rendered.stamp(bytes, request);
      batches.add(of(bytes, payload.items()));
    }
    return batches;
  }
}
