package io.millrace.telemetry;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts numbers by size, in buckets that were fixed when it was made. Thread safe. */
public final class Histogram {
  private final long[] bounds;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();

  Histogram(long... bounds) {
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException(
            "bounds: " + Arrays.toString(bounds) + " (expected: ascending)");
      }
    }
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
    return bucket < bounds.length ? Long.toString(bounds[bucket]) : "+Inf";
  }

  /** Returns how many numbers were counted in this bucket alone. */
  long count(int bucket) {
    return counts.get(bucket);
  }

  /** Returns the sum of all numbers so far. */
  long sum() {
    return sum.sum();
  }
}
