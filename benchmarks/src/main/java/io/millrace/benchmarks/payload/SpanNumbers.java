package io.millrace.benchmarks.payload;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * The numbers of one request's spans, data points or log records. They run on, so that a sink can
 * tell from a set of bits which are lost or came twice. A span has its number as its id; eight
 * spans in a row are one trace, each the parent of the next. Trace ids are spread over all numbers
 * as real ones are: samplers rely on it. Immutable.
 *
 * @param first number of the request's first item; at least 1, because an id of zero is invalid
 */
public record SpanNumbers(long first) {
  static final int SPANS_PER_TRACE = 8;

  /** The upper half of every trace id. */
  private static final long TRACE_ID_HIGH = 0x6d696c6c72616365L;

  /** Odd, so that no two traces get the same id, and no trace the id zero. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** Returns the numbers of the {@code request}th request, from 0, of {@code items} each. */
  public static SpanNumbers ofRequest(long request, int items) {
    return new SpanNumbers(request * items + 1);
  }

  long number(int index) {
    return first + index;
  }

  long spanId(int index) {
    return number(index);
  }

  long traceIdHigh() {
    return TRACE_ID_HIGH;
  }

  long traceIdLow(int index) {
    return (first + index - index % SPANS_PER_TRACE) * SPREAD;
  }

  boolean hasParent(int index) {
    return index % SPANS_PER_TRACE != 0;
  }

  long parentSpanId(int index) {
    return spanId(index) - 1;
  }

  ByteString traceIdBytes(int index) {
    ByteBuffer id = ByteBuffer.allocate(16).putLong(traceIdHigh()).putLong(traceIdLow(index));
    return ByteString.copyFrom(id.flip());
  }

  ByteString spanIdBytes(int index) {
    return bytes(spanId(index));
  }

  /** Returns an empty id for the root of a trace. */
  ByteString parentSpanIdBytes(int index) {
    return hasParent(index) ? bytes(parentSpanId(index)) : ByteString.EMPTY;
  }

  private static ByteString bytes(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }
}
