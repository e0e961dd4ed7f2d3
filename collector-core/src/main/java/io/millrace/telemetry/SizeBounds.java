package io.millrace.telemetry;

import java.util.stream.IntStream;

/** The bounds of histograms of batches, in the collector's steps. */
public final class SizeBounds {
  private static final long[] ITEMS = {
    10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000,
    9_000, 10_000, 20_000, 30_000, 50_000, 100_000
  };

  private SizeBounds() {}

  /** Returns bounds for numbers of items. */
  public static long[] items() {
    return ITEMS.clone();
  }

  /** Returns bounds for numbers of bytes: powers of two from 128 B to 16 MiB. */
  public static long[] bytes() {
    return IntStream.range(0, 18).mapToLong(i -> 128L << i).toArray();
  }
}
