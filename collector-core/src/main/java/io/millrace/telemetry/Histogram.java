package io.millrace.telemetry;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts numbers by size, in buckets that were fixed when it was made. Thread safe. */
public final class Histogram {
  private final Unit unit;
  private final long[] bounds;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();

  /** In what numbers are exposed. */
  enum Unit {
    /** As they are recorded. */
    ONE,
    /** In seconds, where nanoseconds are recorded. */
    SECONDS;

    String text(long recorded) {
      return this == ONE
          ? Long.toString(recorded)
          : BigDecimal.valueOf(recorded, 9).stripTrailingZeros().toPlainString();
    }
  }

  Histogram(Unit unit, long... bounds) {
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException(
            "bounds: " + Arrays.toString(bounds) + " (expected: ascending)");
      }
    }
    this.unit = unit;
    this.bounds = bounds.clone();
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  /** Counts {@code value} in the first bucket whose bound is not less. */
  public void record(long value) {
    int found = Arrays.binarySearch(bounds, value);
    counts.getAndIncrement(found >= 0 ? found : -found - 1);
    sum.add(value);
  }

  /** Returns the number of buckets; the last one has no bound. */
  int buckets() {
    return counts.length();
  }

  /** Returns the bucket's inclusive upper bound as the exposition format writes it. */
  String bound(int bucket) {
    return bucket < bounds.length ? unit.text(bounds[bucket]) : "+Inf";
  }

  /** Returns how many numbers were counted in this bucket alone. */
  long count(int bucket) {
    return counts.get(bucket);
  }

  /** Returns the sum of all numbers so far as the exposition format writes it. */
  String sum() {
    return unit.text(sum.sum());
  }
}
