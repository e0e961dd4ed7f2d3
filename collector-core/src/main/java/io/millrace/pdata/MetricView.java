package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.Gauge;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.Sum;
import io.millrace.wire.WireReader;

/**
 * A {@code Metric} and the {@code Gauge}, {@code Sum}, {@code Histogram}, {@code
 * ExponentialHistogram} or {@code Summary} in it, whose fields are numbered alike.
 *
 * <pre>
 *    1  name                   bytes  eager
 *    2  description            bytes  eager
 *    3  unit                   bytes  eager
 *    5  gauge                  bytes  eager, as follows
 *    7  sum                    bytes  eager, as follows
 *    9  histogram              bytes  eager, as follows
 *   10  exponential_histogram  bytes  eager, as follows
 *   11  summary                bytes  eager, as follows
 *         1  data_points              bytes   repeated
 *         2  aggregation_temporality  varint  eager, not of gauge and summary
 *         3  is_monotonic             varint  eager, of sum only
 *   12  metadata               bytes  repeated
 * </pre>
 *
 * <p>At most one of the five is set, the last one written; {@link #kind()} tells which. Confined to
 * one thread.
 */
public final class MetricView implements View {
  /** Which of the five is set. */
  public enum Kind {
    NOT_SET,
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  private final WireReader in = new WireReader();
  private final ByteRange name = new ByteRange();
  private final ByteRange description = new ByteRange();
  private final ByteRange unit = new ByteRange();
  private final RangeCursor metadata = new RangeCursor(Metric.METADATA);
  private final ByteRange data = new ByteRange();
  private final RangeCursor dataPoints = new RangeCursor(Gauge.DATA_POINTS);
  private Kind kind = Kind.NOT_SET;
  private int aggregationTemporality;
  private boolean isMonotonic;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Metric.NAME -> name.read(in, bytes);
        case Metric.DESCRIPTION -> description.read(in, bytes);
        case Metric.UNIT -> unit.read(in, bytes);
        case Metric.GAUGE -> merge(Kind.GAUGE, bytes);
        case Metric.SUM -> merge(Kind.SUM, bytes);
        case Metric.HISTOGRAM -> merge(Kind.HISTOGRAM, bytes);
        case Metric.EXPONENTIAL_HISTOGRAM -> merge(Kind.EXPONENTIAL_HISTOGRAM, bytes);
        case Metric.SUMMARY -> merge(Kind.SUMMARY, bytes);
        case Metric.METADATA -> metadata.add(start, in);
        default -> in.skip(tag);
      }
      start = in.position();
    }
    wrapData(data.bytes(), data.offset(), data.length());
  }

  private void clear(byte[] bytes) {
    name.clear();
    description.clear();
    unit.clear();
    metadata.clear(bytes);
    data.clear();
    kind = Kind.NOT_SET;
  }

  /** Parts of the same kind merge; another kind starts anew. */
  private void merge(Kind newKind, byte[] bytes) {
    if (kind != newKind) {
      data.clear();
    }
    kind = newKind;
    data.merge(in, bytes);
  }

  private void wrapData(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    dataPoints.clear(bytes);
    aggregationTemporality = 0;
    isMonotonic = false;
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Gauge.DATA_POINTS -> dataPoints.add(start, in);
        case Sum.AGGREGATION_TEMPORALITY -> aggregationTemporality = in.readVarint32();
        case Sum.IS_MONOTONIC -> isMonotonic = in.readVarint64() != 0;
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  public ByteRange name() {
    return name;
  }

  public ByteRange description() {
    return description;
  }

  public ByteRange unit() {
    return unit;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Each for a {@link NumberDataPointView}, {@link HistogramDataPointView}, {@link
   * ExponentialHistogramDataPointView} or {@link SummaryDataPointView}, as {@link #kind()} says.
   */
  public RangeCursor dataPoints() {
    return dataPoints.rewind();
  }

  public int aggregationTemporality() {
    return kind == Kind.GAUGE || kind == Kind.SUMMARY ? 0 : aggregationTemporality;
  }

  public boolean isMonotonic() {
    return kind == Kind.SUM && isMonotonic;
  }

  /** Each for an {@link AttributeView}. */
  public RangeCursor metadata() {
    return metadata.rewind();
  }
}
