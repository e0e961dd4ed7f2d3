package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.wire.WireReader;

/**
 * A {@code NumberDataPoint} of a gauge or a sum.
 *
 * <pre>
 *   2  start_time_unix_nano  fixed64  eager
 *   3  time_unix_nano        fixed64  eager
 *   4  as_double             fixed64  eager
 *   5  exemplars             bytes    repeated
 *   6  as_int                fixed64  eager
 *   7  attributes            bytes    repeated
 *   8  flags                 varint   eager
 * </pre>
 *
 * <p>At most one of {@code as_double} and {@code as_int} is set, the last one written.
 *
 * <p>Confined to one thread.
 */
public final class NumberDataPointView implements DataPointView {
  private final WireReader in = new WireReader();
  private final RangeCursor exemplars = new RangeCursor(NumberDataPoint.EXEMPLARS);
  private final RangeCursor attributes = new RangeCursor(NumberDataPoint.ATTRIBUTES);
  private long startTimeUnixNano;
  private long timeUnixNano;
  private int flags;
  private int valueTag;
  private long valueBits;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case NumberDataPoint.START_TIME_UNIX_NANO -> startTimeUnixNano = in.readFixed64();
        case NumberDataPoint.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case NumberDataPoint.AS_DOUBLE, NumberDataPoint.AS_INT -> {
          valueTag = tag;
          valueBits = in.readFixed64();
        }
        case NumberDataPoint.EXEMPLARS -> exemplars.add(start, in);
        case NumberDataPoint.ATTRIBUTES -> attributes.add(start, in);
        case NumberDataPoint.FLAGS -> flags = in.readVarint32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    startTimeUnixNano = 0;
    timeUnixNano = 0;
    exemplars.clear(bytes);
    attributes.clear(bytes);
    flags = 0;
    valueTag = 0;
    valueBits = 0;
  }

  @Override
  public long startTimeUnixNano() {
    return startTimeUnixNano;
  }

  @Override
  public long timeUnixNano() {
    return timeUnixNano;
  }

  public boolean hasAsDouble() {
    return valueTag == NumberDataPoint.AS_DOUBLE;
  }

  public double asDouble() {
    return hasAsDouble() ? Double.longBitsToDouble(valueBits) : 0;
  }

  /** Each for an {@link ExemplarView}. */
  public RangeCursor exemplars() {
    return exemplars.rewind();
  }

  public boolean hasAsInt() {
    return valueTag == NumberDataPoint.AS_INT;
  }

  public long asInt() {
    return hasAsInt() ? valueBits : 0;
  }

  @Override
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  @Override
  public int flags() {
    return flags;
  }
}
