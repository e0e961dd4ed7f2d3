package io.millrace.memory;

import io.millrace.config.Checks;
import io.millrace.config.MemorySettings;
import io.millrace.config.ProcessMemory;
import io.millrace.config.RequiredSettings;
import java.time.Duration;

/**
 * The section of a {@code memory_limiter}, with the collector's keys. Immutable.
 *
 * @param checkInterval between two looks at the heap; accounted bytes need none
 * @param limitMib goes before {@code limitPercentage}; 0 for none
 * @param spikeLimitMib 0 for a fifth of the limit
 * @param limitPercentage of the memory of the container or machine; 0 for none
 * @param spikeLimitPercentage of the same memory; 0 for a fifth of the limit
 * @param minGcIntervalWhenSoftLimited without effect: the limiter forces no collections
 * @param minGcIntervalWhenHardLimited without effect
 * @param maxGcIntervalWhenSoftLimited without effect
 * @param maxGcIntervalWhenHardLimited without effect
 */
public record MemoryLimiterConfig(
    Duration checkInterval,
    long limitMib,
    long spikeLimitMib,
    int limitPercentage,
    int spikeLimitPercentage,
    Duration minGcIntervalWhenSoftLimited,
    Duration minGcIntervalWhenHardLimited,
    Duration maxGcIntervalWhenSoftLimited,
    Duration maxGcIntervalWhenHardLimited)
    implements RequiredSettings, MemorySettings {
  /** The collector's defaults; interval and limit have none. */
  public static final MemoryLimiterConfig DEFAULT =
      new MemoryLimiterConfig(
          Duration.ZERO,
          0,
          0,
          0,
          0,
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  private static final long MIB = 1 << 20;
  private static final long MIB_MAX = 0xffff_ffffL;
  private static final int PERCENT_MAX = 100;

  public MemoryLimiterConfig {
    Checks checks =
        new Checks()
            .notNegative("check_interval", checkInterval)
            .between("limit_mib", limitMib, 0, MIB_MAX)
            .between("spike_limit_mib", spikeLimitMib, 0, MIB_MAX)
            .between("limit_percentage", limitPercentage, 0, PERCENT_MAX)
            .between("spike_limit_percentage", spikeLimitPercentage, 0, PERCENT_MAX)
            .that(
                limitMib == 0 || spikeLimitMib < limitMib,
                "spike_limit_mib",
                spikeLimitMib,
                "less than limit_mib")
            .that(
                limitPercentage == 0 || spikeLimitPercentage < limitPercentage,
                "spike_limit_percentage",
                spikeLimitPercentage,
                "less than limit_percentage");
    checkIntervals(checks, "min", minGcIntervalWhenSoftLimited, minGcIntervalWhenHardLimited);
    checkIntervals(checks, "max", maxGcIntervalWhenSoftLimited, maxGcIntervalWhenHardLimited);
    checkCap(checks, "soft", minGcIntervalWhenSoftLimited, maxGcIntervalWhenSoftLimited);
    checkCap(checks, "hard", minGcIntervalWhenHardLimited, maxGcIntervalWhenHardLimited);
    checks.throwIfAny();
  }

  private static void checkIntervals(Checks checks, String bound, Duration soft, Duration hard) {
    String softKey = bound + "_gc_interval_when_soft_limited";
    String hardKey = bound + "_gc_interval_when_hard_limited";
    checks
        .notNegative(softKey, soft)
        .notNegative(hardKey, hard)
        .that(soft.compareTo(hard) >= 0, softKey, soft, "at least " + hardKey);
  }

  /** A cap of 0 switches the back-off off. */
  private static void checkCap(Checks checks, String limit, Duration min, Duration max) {
    String minKey = "min_gc_interval_when_" + limit + "_limited";
    String maxKey = "max_gc_interval_when_" + limit + "_limited";
    checks.that(max.isZero() || max.compareTo(min) >= 0, maxKey, max, "0s, or at least " + minKey);
  }

  @Override
  public void checkMemory(ProcessMemory memory, Checks errors, Checks warnings) {
    errors.that(
        limitMib * MIB <= memory.jvmBytes(),
        "limit_mib",
        limitMib,
        "<= %d, heap and direct memory of the JVM; MILLRACE_HEAP_MIB gives the launcher another heap"
            .formatted(memory.jvmBytes() / MIB));
    warnings.that(
        limitMib * MIB <= memory.machineBytes(),
        "limit_mib",
        limitMib,
        "is more than the %s of this container or machine, which ends the process first"
            .formatted(ProcessMemory.mib(memory.machineBytes())));
  }

  @Override
  public void checkRequired(Checks checks) {
    checks
        .positive("check_interval", checkInterval)
        .that(limitMib > 0 || limitPercentage > 0, "limit_mib", 0, "> 0, or limit_percentage > 0");
  }
}
