package io.millrace.pipeline;

import io.millrace.pdata.Settlement;

/** Counts how items ended. Thread safe. */
interface Tally {
  /** Counts items whose way is over. */
  void ended(int items, long bytes, Settlement settlement);

  /** Measures how long items took that have been delivered, {@code arrivalNanos} by the clock. */
  default void delivered(long arrivalNanos) {}

  /** Counts items that came into being on the way. */
  void generated(int items, long bytes);
}
