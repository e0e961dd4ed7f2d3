package io.millrace.exporter.prometheus;

import io.millrace.exporter.promtranslation.SampleValue;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * What one point shows: a value; or a sum, a count and the values of its buckets or quantiles; or a
 * native histogram. Values are the bits of doubles.
 *
 * <p>Arrays grow with use and are kept. Confined to one thread, or guarded by the {@link
 * StoredPoint} that holds it.
 */
final class PointValues {
  long timeMillis;
  long startMillis;
  boolean isStale;
  long value;
  boolean hasSum;
  long sum;
  long count;
  int size;

  /** The bounds or quantiles; of a stored point those of {@link #bounds}. */
  double[] numbers = {};

  /** Of a stored point, shared with others of its family. */
  Bounds bounds = Bounds.NONE;

  long[] values = {};

  /** Fields of {@code io.prometheus.client.Histogram}, but no exemplars; empty when classic. */
  final ByteAppender nativeHistogram = new ByteAppender(0);

  final StoredExemplars exemplars = new StoredExemplars();

  void clear() {
    timeMillis = 0;
    startMillis = 0;
    isStale = false;
    value = 0;
    hasSum = false;
    sum = 0;
    count = 0;
    size = 0;
    nativeHistogram.truncate(0);
    exemplars.clear();
  }

  boolean isNative() {
    return nativeHistogram.length() > 0;
  }

  void add(double number, long valueBits) {
    if (size == numbers.length || size == values.length) {
      int capacity = Math.max(16, 2 * size);
      numbers = Arrays.copyOf(numbers, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    numbers[size] = number;
    values[size] = valueBits;
    size++;
  }

  /** Notes the bits of a value, of which one kind says that the series has ended. */
  long noted(long bits) {
    isStale |= bits == SampleValue.STALE;
    return bits;
  }

  /**
   * Becomes a copy of another.
   *
   * @param shared the numbers of {@code other}
   */
  void copy(PointValues other, Bounds shared) {
    timeMillis = other.timeMillis;
    startMillis = other.startMillis;
    value = other.value;
    hasSum = other.hasSum;
    sum = other.sum;
    count = other.count;
    size = other.size;
    numbers = shared.numbers;
    bounds = shared;
    if (values.length != size) {
      values = new long[size];
    }
    System.arraycopy(other.values, 0, values, 0, size);
    nativeHistogram.truncate(0);
    nativeHistogram.put(other.nativeHistogram.bytes(), 0, other.nativeHistogram.length());
    exemplars.copy(other.exemplars);
  }
}
