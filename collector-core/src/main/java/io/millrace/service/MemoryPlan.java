package io.millrace.service;

import io.millrace.config.ProcessMemory;
import org.jspecify.annotations.Nullable;

/** How many bytes of telemetry the process may hold. */
final class MemoryPlan {
  private static final long MIB = 1 << 20;

  private MemoryPlan() {}

  /**
   * Returns the budget in bytes.
   *
   * @param limitMib the user's limit, {@code null} without one
   * @param heapBytes the most the heap can grow to
   * @throws IllegalArgumentException when the heap cannot hold the user's limit; says the numbers
   */
  static long budgetBytes(@Nullable Integer limitMib, long heapBytes) {
    long share = ProcessMemory.budgetOf(heapBytes);
    if (limitMib == null) {
      return share;
    }
    if (limitMib * MIB > share) {
      throw new IllegalArgumentException(
          ("service.limit_mib: %d (expected: <= %d, which is %d %% of the heap of %d MiB;"
                  + " MILLRACE_HEAP_MIB gives the launcher another heap)")
              .formatted(limitMib, share / MIB, ProcessMemory.HEAP_PERCENT, heapBytes / MIB));
    }
    return limitMib * MIB;
  }
}
