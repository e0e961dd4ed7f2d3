package io.millrace.memory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where refusal begins, and the limit it keeps clear of. Immutable.
 *
 * @param softBytes refusal begins here: the hard limit less the spike
 * @param hardBytes what the user allows
 */
record MemoryLimits(long softBytes, long hardBytes) {
  private static final Logger logger = LoggerFactory.getLogger(MemoryLimits.class);
  private static final long MIB = 1 << 20;
  private static final int SPIKE_SHARE = 5;

  /**
   * Works out the limits.
   *
   * @param jvmBytes what heap and direct memory can grow to together
   * @param availableBytes what percentages are of
   * @throws IllegalArgumentException when the JVM cannot hold {@code limit_mib}; says the numbers
   */
  static MemoryLimits of(MemoryLimiterConfig config, long jvmBytes, long availableBytes) {
    if (config.limitMib() > 0) {
      return fixed(config, jvmBytes);
    }
    long hard = availableBytes / 100 * config.limitPercentage();
    if (hard > jvmBytes) {
      logger.info(
          "memory_limiter: limit_percentage: {} is {} MiB; the JVM's {} MiB of heap and direct"
              + " memory are the limit",
          config.limitPercentage(),
          hard / MIB,
          jvmBytes / MIB);
      hard = jvmBytes;
    }
    // Of the limit that holds: a spike of the machine's memory could leave nothing of the JVM's.
    return limits(hard, hard / config.limitPercentage() * config.spikeLimitPercentage());
  }

  private static MemoryLimits fixed(MemoryLimiterConfig config, long jvmBytes) {
    long hard = config.limitMib() * MIB;
    if (hard > jvmBytes) {
      throw new IllegalArgumentException(
          ("memory_limiter: limit_mib: %d (expected: <= %d, heap and direct memory of the JVM;"
                  + " MILLRACE_HEAP_MIB gives the launcher another heap)")
              .formatted(config.limitMib(), jvmBytes / MIB));
    }
    return limits(hard, config.spikeLimitMib() * MIB);
  }

  private static MemoryLimits limits(long hard, long spike) {
    return new MemoryLimits(hard - (spike == 0 ? hard / SPIKE_SHARE : spike), hard);
  }
}
