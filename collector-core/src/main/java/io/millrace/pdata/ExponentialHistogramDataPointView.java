package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.wire.WireReader;

/**
 * An {@code ExponentialHistogramDataPoint}.
 *
 * <pre>
 *    1  attributes            bytes    repeated
 *    2  start_time_unix_nano  fixed64  eager
 *    3  time_unix_nano        fixed64  eager
 *    4  count                 fixed64  eager
 *    5  sum                   fixed64  eager, optional
 *    6  scale                 varint   eager
 *    7  zero_count            fixed64  eager
 *    8  positive              bytes    lazy
 *    9  negative              bytes    lazy
 *   10  flags                 varint   eager
 *   11  exemplars             bytes    repeated
 *   12  min                   fixed64  eager, optional
 *   13  max                   fixed64  eager, optional
 *   14  zero_threshold        fixed64  eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class ExponentialHistogramDataPointView implements DataPointView {
  private final WireReader in = new WireReader();
  private final RangeCursor attributes = new RangeCursor(ExponentialHistogramDataPoint.ATTRIBUTES);
  private final ByteRange positive = new ByteRange();
  private final BucketsView positiveView = new BucketsView();
  private final ByteRange negative = new ByteRange();
  private final BucketsView negativeView = new BucketsView();
  private final RangeCursor exemplars = new RangeCursor(ExponentialHistogramDataPoint.EXEMPLARS);
  private long startTimeUnixNano;
  private long timeUnixNano;
  private long count;
  private boolean hasSum;
  private double sum;
  private int scale;
  private long zeroCount;
  private int flags;
  private boolean hasMin;
  private double min;
  private boolean hasMax;
  private double max;
  private double zeroThreshold;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ExponentialHistogramDataPoint.ATTRIBUTES -> attributes.add(start, in);
        case ExponentialHistogramDataPoint.START_TIME_UNIX_NANO ->
            startTimeUnixNano = in.readFixed64();
        case ExponentialHistogramDataPoint.TIME_UNIX_NANO -> timeUnixNano = in.readFixed64();
        case ExponentialHistogramDataPoint.COUNT -> count = in.readFixed64();
        case ExponentialHistogramDataPoint.SUM -> {
          hasSum = true;
          sum = Double.longBitsToDouble(in.readFixed64());
        }
        case ExponentialHistogramDataPoint.SCALE -> scale = in.readSint32();
        case ExponentialHistogramDataPoint.ZERO_COUNT -> zeroCount = in.readFixed64();
        case ExponentialHistogramDataPoint.POSITIVE -> positive.merge(in, bytes);
        case ExponentialHistogramDataPoint.NEGATIVE -> negative.merge(in, bytes);
        case ExponentialHistogramDataPoint.FLAGS -> flags = in.readVarint32();
        case ExponentialHistogramDataPoint.EXEMPLARS -> exemplars.add(start, in);
        case ExponentialHistogramDataPoint.MIN -> {
          hasMin = true;
          min = Double.longBitsToDouble(in.readFixed64());
        }
        case ExponentialHistogramDataPoint.MAX -> {
          hasMax = true;
          max = Double.longBitsToDouble(in.readFixed64());
        }
        case ExponentialHistogramDataPoint.ZERO_THRESHOLD ->
            zeroThreshold = Double.longBitsToDouble(in.readFixed64());
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    attributes.clear(bytes);
    startTimeUnixNano = 0;
    timeUnixNano = 0;
    count = 0;
    hasSum = false;
    sum = 0;
    scale = 0;
    zeroCount = 0;
    positive.clear();
    negative.clear();
    flags = 0;
    exemplars.clear(bytes);
    hasMin = false;
    min = 0;
    hasMax = false;
    max = 0;
    zeroThreshold = 0;
  }

  @Override
  public RangeCursor attributes() {
    return attributes.rewind();
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

  public int scale() {
    return scale;
  }

  public long zeroCount() {
    return zeroCount;
  }

  /** Read anew at each call. */
  public BucketsView positive() {
    positiveView.wrap(positive);
    return positiveView;
  }

  /** Read anew at each call. */
  public BucketsView negative() {
    negativeView.wrap(negative);
    return negativeView;
  }

  @Override
  public int flags() {
    return flags;
  }

  /** Each for an {@link ExemplarView}. */
  public RangeCursor exemplars() {
    return exemplars.rewind();
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

  public double zeroThreshold() {
    return zeroThreshold;
  }
}
