package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.Exemplar;
import io.millrace.wire.WireReader;

/**
 * An {@code Exemplar} of a data point.
 *
 * <pre>
 *   2  time_unix_nano       fixed64  eager
 *   3  as_double            fixed64  eager
 *   4  span_id              bytes    eager
 *   5  trace_id             bytes    eager
 *   6  as_int               fixed64  eager
 *   7  filtered_attributes  bytes    repeated
 * </pre>
 *
 * <p>At most one of {@code as_double} and {@code as_int} is set, the last one written.
 *
 * <p>Confined to one thread.
 */
public final class ExemplarView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange spanId = new ByteRange();
  private final ByteRange traceId = new ByteRange();
  private final RangeCursor filteredAttributes = new RangeCursor(Exemplar.FILTERED_ATTRIBUTES);
  private long timeUnixNano;
  private int valueTag;
  private long valueBits;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Exemplar.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case Exemplar.AS_DOUBLE, Exemplar.AS_INT -> {
          valueTag = tag;
          valueBits = in.readFixed64();
        }
        case Exemplar.SPAN_ID -> spanId.read(in, bytes);
        case Exemplar.TRACE_ID -> traceId.read(in, bytes);
        case Exemplar.FILTERED_ATTRIBUTES -> filteredAttributes.add(start, in);
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    timeUnixNano = 0;
    spanId.clear();
    traceId.clear();
    filteredAttributes.clear(bytes);
    valueTag = 0;
    valueBits = 0;
  }

  public long timeUnixNano() {
    return timeUnixNano;
  }

  public boolean hasAsDouble() {
    return valueTag == Exemplar.AS_DOUBLE;
  }

  public double asDouble() {
    return hasAsDouble() ? Double.longBitsToDouble(valueBits) : 0;
  }

  public ByteRange spanId() {
    return spanId;
  }

  public ByteRange traceId() {
    return traceId;
  }

  public boolean hasAsInt() {
    return valueTag == Exemplar.AS_INT;
  }

  public long asInt() {
    return hasAsInt() ? valueBits : 0;
  }

  /** Each for an {@link AttributeView}. */
  public RangeCursor filteredAttributes() {
    return filteredAttributes.rewind();
  }
}
