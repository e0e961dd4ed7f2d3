package io.millrace.exporter.sending;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.OtlpSlice;
import io.millrace.pdata.RequestContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been collected for one request to the backend, and what it takes of the queue. Guarded
 * by the lock of its {@link QueueBatcher}.
 */
final class OpenBatch {
  final RequestContext context;
  final long deadlineNanos;
  private final List<OtlpSlice> slices = new ArrayList<>();
  private int requests;
  private int items;
  private int bytes;

  /** Starts empty; {@code deadlineNanos} is when it is sent whatever it has. */
  OpenBatch(RequestContext context, long deadlineNanos) {
    this.context = context;
    this.deadlineNanos = deadlineNanos;
  }

  /** Adds a slice; {@code begun} is 1 if it is the first of its request, otherwise 0. */
  void add(OtlpSlice slice, int begun) {
    slices.add(slice);
    requests += begun;
    items += slice.items();
    bytes += slice.length();
  }

  OtlpBatch join() {
    return OtlpJoiner.joinSlices(slices, context);
  }

  /** Returns how many requests begin in it. */
  int requests() {
    return requests;
  }

  int items() {
    return items;
  }

  int bytes() {
    return bytes;
  }
}
