package io.millrace.memory;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.config.ProcessMemory;
import io.millrace.memory.MemoryReadings.Collection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the process has room for more telemetry; what a {@code memory_limiter} asks.
 *
 * <pre>
 *   in use = accounted bytes            exact, now
 *          + unaccounted heap           what the last full collection left, less what was
 *                                       accounted for then
 *          + direct memory              at the last check, less what is forgotten
 * </pre>
 *
 * <p>Whoever asks after {@code check_interval} looks at the JVM again; there is no thread for it. A
 * collection is only ever observed. While requests are refused there may be nothing that makes the
 * JVM collect, and an old reading would refuse for ever; so when all has been refused for {@link
 * #READING_EXPIRES} without a new collection, the reading is forgotten, and so is the direct memory
 * there is, which pools may keep whatever becomes of its content. Until the next collection decide
 * accounted bytes, and direct memory that comes on top.
 *
 * <p>Thread safe; never blocks.
 */
public final class Limiter {
  static final Duration READING_EXPIRES = Duration.ofSeconds(30);

  private static final Logger logger = LoggerFactory.getLogger(Limiter.class);
  private static final long MIB = 1 << 20;

  private final MemoryLimits limits;
  private final ByteBudget budget;
  private final Clock clock;
  private final MemoryReadings readings;
  private final long intervalNanos;
  private final AtomicLong nextCheckNanos;

  // Written by the one thread that won the check, read by all.
  private volatile long heapBytes;
  private volatile long forgottenDirectBytes;
  private volatile long unaccountedBytes;
  private volatile long collections;
  private volatile long collectedNanos;
  private volatile boolean isReportedFull;

  // Written by whoever asks.
  private volatile boolean hasRefused;
  private volatile boolean isStuck;
  private volatile long stuckSinceNanos;

  Limiter(
      MemoryLimits limits,
      Duration checkInterval,
      ByteBudget budget,
      Clock clock,
      MemoryReadings readings) {
    this.limits = limits;
    this.budget = budget;
    this.clock = clock;
    this.readings = readings;
    this.intervalNanos = checkInterval.toNanos();
    this.nextCheckNanos = new AtomicLong(clock.nanos());
    this.collections = readings.lastCollection().number();
    this.collectedNanos = clock.nanos();
  }

  /**
   * Returns a limiter with the configured limits.
   *
   * @param readings makes what reads the JVM, of the accounted bytes; {@link JvmReadings#watching}
   *     but in tests
   * @throws IllegalArgumentException when the JVM cannot hold the limit
   */
  public static Limiter create(
      ComponentContext context,
      MemoryLimiterConfig config,
      Function<LongSupplier, MemoryReadings> readings) {
    ProcessMemory memory = JvmMemory.read();
    return new Limiter(
        MemoryLimits.of(config, memory.jvmBytes(), memory.machineBytes()),
        config.checkInterval(),
        context.budget(),
        context.clock(),
        readings.apply(context.budget()::used));
  }

  MemoryLimits limits() {
    return limits;
  }

  /**
   * Returns whether there is room.
   *
   * @param bytes of the request at the door, which the budget counts already and which do not count
   *     against itself
   */
  public boolean admits(long bytes) {
    long now = clock.nanos();
    checkIfDue(now);
    if (budget.used() - bytes + unaccountedBytes < limits.softBytes()) {
      if (isStuck) {
        isStuck = false;
      }
      return true;
    }
    if (!isStuck) {
      stuckSinceNanos = now;
      isStuck = true;
    }
    hasRefused = true;
    return false;
  }

  private void checkIfDue(long now) {
    long due = nextCheckNanos.get();
    if (now - due >= 0 && nextCheckNanos.compareAndSet(due, now + intervalNanos)) {
      check(now);
    }
  }

  private void check(long now) {
    long direct = readings.directBytes();
    Collection last = readings.lastCollection();
    if (last.number() != collections) {
      collections = last.number();
      collectedNanos = now;
      heapBytes = Math.max(last.liveHeapBytes() - last.accountedBytes(), 0);
      forgottenDirectBytes = 0;
    } else if (isStuck && isOver(stuckSinceNanos, now) && isOver(collectedNanos, now)) {
      heapBytes = 0;
      forgottenDirectBytes = direct;
    }
    forgottenDirectBytes = Math.min(forgottenDirectBytes, direct);
    unaccountedBytes = heapBytes + direct - forgottenDirectBytes;
    boolean isFull = hasRefused;
    hasRefused = false;
    if (isFull != isReportedFull) {
      isReportedFull = isFull;
      report(isFull);
    }
  }

  private static boolean isOver(long sinceNanos, long now) {
    return now - sinceNanos >= READING_EXPIRES.toNanos();
  }

  /** Says in the log whether anything was refused since the last check, when that changes. */
  private void report(boolean isFull) {
    if (isFull) {
      logger.warn(
          "Memory usage is above soft limit. Refusing data. {} MiB of telemetry, {} MiB of other"
              + " live memory, soft limit {} MiB",
          budget.used() / MIB,
          unaccountedBytes / MIB,
          limits.softBytes() / MIB);
    } else {
      logger.info("Memory usage back within limits. Resuming normal operation.");
    }
  }
}
