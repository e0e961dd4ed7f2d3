package io.millrace.processor.batch;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.RequestContext;
import java.util.ArrayList;
import java.util.List;

/** What has been collected for one output batch. Confined to the ring thread. */
final class OpenBatch {
  private final RequestContext context;
  private final long deadlineNanos;
  private final List<OtlpSlice> slices = new ArrayList<>();
  private int items;
  private long bytes;

  /** Starts empty; {@code deadlineNanos} is when it is sent whatever it has. */
  OpenBatch(RequestContext context, long deadlineNanos) {
    this.context = context;
    this.deadlineNanos = deadlineNanos;
  }

  void add(OtlpSlice slice) {
    slices.add(slice);
    items += slice.items();
    bytes += slice.length();
  }

  OtlpBatch join() {
    return OtlpJoiner.joinSlices(slices, context);
  }

  RequestContext context() {
    return context;
  }

  boolean isDue(long nanos) {
    return nanos - deadlineNanos >= 0;
  }

  int items() {
    return items;
  }

  long bytes() {
    return bytes;
  }
}
