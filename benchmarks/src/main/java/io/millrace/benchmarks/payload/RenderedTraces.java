package io.millrace.benchmarks.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A request of spans and where their ids are. Immutable. */
final class RenderedTraces implements RenderedRequest {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int TAG_AND_LENGTH_BYTES = 2;
  private static final int NONE = -1;

  /** Numbers that occur in no other field of a rendered request. */
  private static final SpanNumbers MARKERS = new SpanNumbers(0x5eed_5eed_0000_0000L);

  private final byte[] template;
  private final int[] traceIdOffsets;
  private final int[] spanIdOffsets;
  private final int[] parentSpanIdOffsets;

  private RenderedTraces(byte[] template, int items) {
    this.template = template;
    this.traceIdOffsets = new int[items];
    this.spanIdOffsets = new int[items];
    this.parentSpanIdOffsets = new int[items];
    locateIds();
  }

  static RenderedTraces of(Payload payload) {
    return new RenderedTraces(payload.message(MARKERS).toByteArray(), payload.items());
  }

  /** Relies on trace id, span id and parent following each other in a span. */
  private void locateIds() {
    int position = 0;
    for (int i = 0; i < items(); i++) {
      traceIdOffsets[i] = indexOf(MARKERS.traceIdHigh(), position);
      spanIdOffsets[i] = indexOf(MARKERS.spanId(i), traceIdOffsets[i] + 2 * Long.BYTES);
      position = spanIdOffsets[i] + Long.BYTES;
      int parent = position + TAG_AND_LENGTH_BYTES;
      boolean hasParent = (long) LONG.get(template, parent) == MARKERS.parentSpanId(i);
      parentSpanIdOffsets[i] = hasParent ? parent : NONE;
    }
  }

  private int indexOf(long value, int from) {
    for (int i = from; i <= template.length - Long.BYTES; i++) {
      if ((long) LONG.get(template, i) == value) {
        return i;
      }
    }
    throw new IllegalStateException("no id " + Long.toHexString(value) + " behind byte " + from);
  }

  @Override
  public int items() {
    return spanIdOffsets.length;
  }

  @Override
  public byte[] copy() {
    return Arrays.copyOf(template, template.length);
  }

  @Override
  public void stamp(byte[] copy, long request) {
    SpanNumbers numbers = SpanNumbers.ofRequest(request, items());
    for (int i = 0; i < items(); i++) {
      LONG.set(copy, traceIdOffsets[i] + Long.BYTES, numbers.traceIdLow(i));
      LONG.set(copy, spanIdOffsets[i], numbers.spanId(i));
      if (parentSpanIdOffsets[i] != NONE) {
        LONG.set(copy, parentSpanIdOffsets[i], numbers.parentSpanId(i));
      }
    }
  }
}
