package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.SummaryDataPoint;
import io.millrace.wire.WireReader;

/**
 * A {@code SummaryDataPoint}.
 *
 * <pre>
 *   2  start_time_unix_nano  fixed64  eager
 *   3  time_unix_nano        fixed64  eager
 *   4  count                 fixed64  eager
 *   5  sum                   fixed64  eager
 *   6  quantile_values       bytes    repeated
 *   7  attributes            bytes    repeated
 *   8  flags                 varint   eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class SummaryDataPointView implements DataPointView {
  private final WireReader in = new WireReader();
  private final RangeCursor quantileValues = new RangeCursor(SummaryDataPoint.QUANTILE_VALUES);
  private final RangeCursor attributes = new RangeCursor(SummaryDataPoint.ATTRIBUTES);
  private long startTimeUnixNano;
  private long timeUnixNano;
  private long count;
  private double sum;
  private int flags;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SummaryDataPoint.START_TIME_UNIX_NANO -> startTimeUnixNano = in.readFixed64();
        case SummaryDataPoint.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case SummaryDataPoint.COUNT -> count = in.readFixed64();
        case SummaryDataPoint.SUM -> sum = Double.longBitsToDouble(in.readFixed64());
        case SummaryDataPoint.QUANTILE_VALUES -> quantileValues.add(start, in);
        case SummaryDataPoint.ATTRIBUTES -> attributes.add(start, in);
        case SummaryDataPoint.FLAGS -> flags = in.readVarint32();
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    startTimeUnixNano = 0;
    timeUnixNano = 0;
    count = 0;
    sum = 0;
    quantileValues.clear(bytes);
    attributes.clear(bytes);
    flags = 0;
  }

  @Override
  public long startTimeUnixNano() {
    return startTimeUnixNano;
  }

  @Override
  public long timeUnixNano() {
    return timeUnixNano;
  }

  public long count() {
    return count;
  }

  public double sum() {
    return sum;
  }

  /** Each for a {@link ValueAtQuantileView}. */
  public RangeCursor quantileValues() {
    return quantileValues.rewind();
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
