package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.SummaryDataPoint.ValueAtQuantile;
import io.millrace.wire.WireReader;

/**
 * A {@code ValueAtQuantile} of a summary.
 *
 * <pre>
 *   1  quantile  fixed64  eager
 *   2  value     fixed64  eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class ValueAtQuantileView implements View {
  private final WireReader in = new WireReader();
  private double quantile;
  private double value;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ValueAtQuantile.QUANTILE -> quantile = Double.longBitsToDouble(in.readFixed64());
        case ValueAtQuantile.VALUE -> value = Double.longBitsToDouble(in.readFixed64());
        default -> in.skip(tag);
      }
    }
  }

  private void clear() {
    quantile = 0;
    value = 0;
  }

  public double quantile() {
    return quantile;
  }

  public double value() {
    return value;
  }
}
