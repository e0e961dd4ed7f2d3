package io.millrace.exporter.promtranslation;

import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.pdata.NumberDataPointView;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the points of sums. Whole numbers stay whole, beyond what a double tells apart, until a
 * fraction comes. Confined to one thread at a time.
 */
final class NumberDeltas implements DeltaPoints {
  private static final Tags TAGS =
      new Tags(
          Metric.SUM, NumberDataPoint.ATTRIBUTES, NumberDataPoint.EXEMPLARS, NumberDataPoint.FLAGS);

  private static final class Sum extends DeltaStream {
    long whole;
    double fraction;
    boolean isWhole = true;

    @Override
    int valueBytes() {
      return 2 * Long.BYTES;
    }
  }

  private final NumberDataPointView point = new NumberDataPointView();

  @Override
  public NumberDataPointView view() {
    return point;
  }

  @Override
  public RangeCursor exemplars() {
    return point.exemplars();
  }

  @Override
  public Tags tags() {
    return TAGS;
  }

  @Override
  public @Nullable Rejection check(boolean isMonotonic) {
    if (!point.hasAsInt() && !point.hasAsDouble()) {
      return Rejection.NO_VALUE;
    }
    double value = point.hasAsInt() ? point.asInt() : point.asDouble();
    boolean isFine = Double.isFinite(value) && !(isMonotonic && value < 0);
    return isFine ? null : Rejection.INVALID_DELTA;
  }

  @Override
  public DeltaStream newStream() {
    return new Sum();
  }

  /** What no longer fits its type would stay wrong for good. */
  @Override
  public @Nullable Rejection checkWith(DeltaStream stream) {
    Sum sum = (Sum) stream;
    boolean fits =
        point.hasAsInt()
            ? !overflows(sum.whole, point.asInt())
            : Double.isFinite(sum.fraction + point.asDouble());
    return fits ? null : Rejection.INVALID_DELTA;
  }

  private static boolean overflows(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0;
  }

  @Override
  public int valueBytesWith(DeltaStream stream) {
    return stream.valueBytes();
  }

  @Override
  public void addTo(DeltaStream stream) {
    Sum sum = (Sum) stream;
    if (point.hasAsInt()) {
      sum.whole += point.asInt();
    } else {
      sum.fraction += point.asDouble();
      sum.isWhole = false;
    }
  }

  @Override
  public void write(DeltaStream stream, ByteAppender out) {
    Sum sum = (Sum) stream;
    if (sum.isWhole) {
      out.putFixed64Field(NumberDataPoint.AS_INT, sum.whole);
    } else {
      out.putFixed64Field(
          NumberDataPoint.AS_DOUBLE, Double.doubleToRawLongBits(sum.whole + sum.fraction));
    }
  }
}
