package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.HistogramDataPoint;
import io.millrace.wire.WireReader;

/**
 * A {@code HistogramDataPoint}.
 *
 * <pre>
 *    2  start_time_unix_nano  fixed64  eager
 *    3  time_unix_nano        fixed64  eager
 *    4  count                 fixed64  eager
 *    5  sum                   fixed64  eager, optional
 *    6  bucket_counts         fixed64  repeated, packed or not
 *    7  explicit_bounds       fixed64  repeated, packed or not
 *    8  exemplars             bytes    repeated
 *    9  attributes            bytes    repeated
 *   10  flags                 varint   eager
 *   11  min                   fixed64  eager, optional
 *   12  max                   fixed64  eager, optional
 * </pre>
 *
 * Confined to one thread.
 */
public final class HistogramDataPointView implements DataPointView {
  private final WireReader in = new WireReader();
  private final NumberCursor bucketCounts =
      new NumberCursor(HistogramDataPoint.BUCKET_COUNTS, HistogramDataPoint.BUCKET_COUNTS_UNPACKED);
  private final NumberCursor explicitBounds =
      new NumberCursor(
          HistogramDataPoint.EXPLICIT_BOUNDS, HistogramDataPoint.EXPLICIT_BOUNDS_UNPACKED);
  private final RangeCursor exemplars = new RangeCursor(HistogramDataPoint.EXEMPLARS);
  private final RangeCursor attributes = new RangeCursor(HistogramDataPoint.ATTRIBUTES);
  private long startTimeUnixNano;
  private long timeUnixNano;
  private long count;
  private boolean hasSum;
  private double sum;
  private int flags;
  private boolean hasMin;
  private double min;
  private boolean hasMax;
  private double max;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case HistogramDataPoint.START_TIME_UNIX_NANO -> startTimeUnixNano = in.readFixed64();
        case HistogramDataPoint.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case HistogramDataPoint.COUNT -> count = in.readFixed64();
        case HistogramDataPoint.SUM -> {
          hasSum = true;
          sum = Double.longBitsToDouble(in.readFixed64());
        }
        case HistogramDataPoint.BUCKET_COUNTS, HistogramDataPoint.BUCKET_COUNTS_UNPACKED ->
            bucketCounts.add(start, tag, in);
        case HistogramDataPoint.EXPLICIT_BOUNDS, HistogramDataPoint.EXPLICIT_BOUNDS_UNPACKED ->
            explicitBounds.add(start, tag, in);
        case HistogramDataPoint.EXEMPLARS -> exemplars.add(start, in);
        case HistogramDataPoint.ATTRIBUTES -> attributes.add(start, in);
        case HistogramDataPoint.FLAGS -> flags = in.readVarint32();
        case HistogramDataPoint.MIN -> {
          hasMin = true;
          min = Double.longBitsToDouble(in.readFixed64());
        }
        case HistogramDataPoint.MAX -> {
          hasMax = true;
          max = Double.longBitsToDouble(in.readFixed64());
        }
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    startTimeUnixNano = 0;
    timeUnixNano = 0;
    count = 0;
    hasSum = false;
    sum = 0;
    bucketCounts.clear(bytes);
    explicitBounds.clear(bytes);
    exemplars.clear(bytes);
    attributes.clear(bytes);
    flags = 0;
    hasMin = false;
    min = 0;
    hasMax = false;
    max = 0;
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

  public boolean hasSum() {
    return hasSum;
  }

  public double sum() {
    return sum;
  }

  public NumberCursor bucketCounts() {
    return bucketCounts.rewind();
  }

  public NumberCursor explicitBounds() {
    return explicitBounds.rewind();
  }

  /** Each for an {@link ExemplarView}. */
  public RangeCursor exemplars() {
    return exemplars.rewind();
  }

  @Override
  public RangeCursor attributes() {
    return attributes.rewind();
  }

  @Override
  public int flags() {
    return flags;
  }

  public boolean hasMin() {
    return hasMin;
  }

  public double min() {
    return min;
  }

  public boolean hasMax() {
    return hasMax;
  }

  public double max() {
    return max;
  }
}
