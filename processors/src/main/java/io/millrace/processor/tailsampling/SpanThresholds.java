package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.SpanView;
import io.millrace.pdata.Splice;
import io.millrace.pdata.TraceTags.Span;
import io.millrace.processor.probability.Randomness;
import io.millrace.processor.probability.TraceState;
import io.millrace.wire.WireReader;
import java.util.Arrays;

/**
 * Reads randomness from the tracestate of spans that come, and writes thresholds into that of those
 * that go. A threshold that a span came with only rises; one that contradicts the span's randomness
 * is no threshold. A tracestate that cannot be read stays as it is. Confined to the ring thread.
 */
final class SpanThresholds {
  private final SpanStore store;
  private final TraceState traceState = new TraceState();
  private final SpanView span = new SpanView();
  private final ByteRange edited = new ByteRange();
  private final Splice splice = new Splice();
  private final WireReader reader = new WireReader();
  private long unreadable;

  SpanThresholds(SpanStore store) {
    this.store = store;
  }

  /** Returns the randomness that a span brings with it, or {@link Randomness#NONE}. */
  long randomness(SpanView incoming) {
    ByteRange text = incoming.traceState();
    return !text.isEmpty() && traceState.read(text) ? traceState.randomness() : Randomness.NONE;
  }

  /** Raises the threshold of the span in {@code block}; returns the block that it is in then. */
  int raise(int block, long threshold) {
    byte[] array = store.array(block);
    int offset = store.spanOffset(block);
    int length = store.spanLength(block);
    span.wrap(array, offset, length);
    if (!traceState.read(span.traceState())) {
      unreadable++;
      return block;
    }
    if (isReached(threshold)) {
      return block;
    }
    traceState.setThreshold(threshold);
    traceState.compose();
    byte[] text = Arrays.copyOf(traceState.text(), traceState.length());
    splice.wrap(array, offset, length);
    splice.setField(reader, offset, offset + length, Span.TRACE_STATE, text);
    byte[] bytes = splice.apply();
    if (bytes == null) {
      return block;
    }
    edited.wrap(bytes, 0, bytes.length);
    int raised = store.store(edited, store.origin(block));
    store.free(block);
    return raised;
  }

  /** Returns whether the span's own threshold is true, and not below. */
  private boolean isReached(long threshold) {
    long randomness = traceState.randomness();
    if (randomness == Randomness.NONE) {
      randomness = Randomness.ofTraceId(TraceId.low(span.traceId()));
    }
    return traceState.threshold() >= threshold && traceState.threshold() <= randomness;
  }

  /** Returns how many spans could not be given a threshold since the last call. */
  long takeUnreadable() {
    long taken = unreadable;
    unreadable = 0;
    return taken;
  }
}
