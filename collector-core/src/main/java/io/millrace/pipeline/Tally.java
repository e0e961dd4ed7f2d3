package io.millrace.pipeline;

import io.millrace.pdata.Settlement;

/** Counts how items ended. Thread safe. */
interface Tally {
  /** Counts items whose way is over. */
  void ended(int items, long bytes, Settlement settlement);

  /** Counts items that came into being on the way. */
  void generated(int items, long bytes);
}
