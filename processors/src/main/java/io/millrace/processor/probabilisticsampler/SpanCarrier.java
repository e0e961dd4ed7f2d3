package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.SpanView;
import io.millrace.pdata.Splice;
import io.millrace.pdata.TraceTags.Span;
import io.millrace.processor.probability.Randomness;
import io.millrace.processor.probability.Threshold;
import io.millrace.processor.probability.TraceState;
import io.millrace.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Spans carry sampling information in their tracestate. Confined to the ring thread. */
final class SpanCarrier implements Carrier {
  private static final byte[] PRIORITY = "sampling.priority".getBytes(StandardCharsets.US_ASCII);

  private final Sampler.Kind kind;
  private final int seed;
  private final SpanView span = new SpanView();
  private final AttributeView attribute = new AttributeView();
  private final TraceState traceState = new TraceState();
  private final WireReader in = new WireReader();
  private int offset;
  private int length;

  SpanCarrier(Sampler.Kind kind, int seed) {
    this.kind = kind;
    this.seed = seed;
  }

  @Override
  public void read(byte[] source, int start, int size, Sampling into) {
    offset = start;
    length = size;
    span.wrap(source, start, size);
    into.isWritable = true;
    boolean isReadable = traceState.read(span.traceState());
    into.threshold = traceState.threshold();
    switch (kind) {
      case NEVER -> into.use(Randomness.MAX, Policy.SAMPLING_PRIORITY);
      case HASH -> readHashed(into);
      case EQUALIZING, PROPORTIONAL -> readConsistent(isReadable, into);
    }
    if (!isReadable) {
      into.fail(Fault.UNREADABLE);
    }
  }

  private void readHashed(Sampling into) {
    into.use(HashedRandomness.ofTraceId(span.traceId(), seed), Policy.TRACE_ID_HASH);
    if (traceState.randomness() != Randomness.NONE) {
      into.fail(Fault.RANDOMNESS_IN_USE);
    } else if (traceState.threshold() != Threshold.NONE) {
      into.fail(Fault.THRESHOLD_IN_USE);
    } else {
      into.isNewRandomness = true;
    }
  }

  private void readConsistent(boolean isReadable, Sampling into) {
    if (traceState.randomness() != Randomness.NONE) {
      into.use(traceState.randomness(), Policy.SAMPLING_RANDOMNESS);
    } else if (isReadable) {
      into.use(Randomness.ofTraceId(span.traceId()), Policy.TRACE_ID_W3C);
    }
  }

  /** OpenTracing's {@code sampling.priority}: 0 is to be dropped, anything above to be kept. */
  @Override
  public long prioritized(long threshold, Sampling sampling) {
    double priority = priority();
    if (priority >= 0) {
      sampling.policy = Policy.SAMPLING_PRIORITY;
      return priority == 0 ? Threshold.NEVER : Threshold.ALWAYS;
    }
    return threshold;
  }

  /** Returns a negative number or NaN when the decision is not the span's. */
  private double priority() {
    RangeCursor attributes = span.attributes();
    while (attributes.next(attribute)) {
      if (attribute.key().contentEquals(PRIORITY)) {
        return Numbers.of(attribute.value());
      }
    }
    return Double.NaN;
  }

  @Override
  public boolean isChanged(Sampling sampling) {
    if (!sampling.isWritable) {
      return false;
    }
    if (sampling.isNewRandomness) {
      traceState.setRandomness(sampling.randomness);
    }
    if (sampling.isNewThreshold || sampling.threshold == Threshold.NONE) {
      traceState.setThreshold(sampling.threshold);
    }
    traceState.compose();
    int from = span.traceState().offset();
    return !Arrays.equals(
        traceState.text(),
        0,
        traceState.length(),
        span.traceState().bytes(),
        from,
        from + span.traceState().length());
  }

  /** The new tracestate stands where the first one stood, else at the end. */
  @Override
  public void write(Sampling sampling, Splice splice) {
    byte[] text = traceState.text();
    splice.setField(in, offset, offset + length, Span.TRACE_STATE, text, 0, traceState.length());
  }
}
