package io.millrace.processor.tailsampling;

import io.millrace.component.ByteBudget;
import io.millrace.processor.tailsampling.TailSamplingMetrics.Eviction;

/**
 * Keeps everything that is held, spans, tables and remembered decisions, within a number of bytes,
 * and charges it to the process's budget.
 *
 * <p>What counts are the blocks in use. Free blocks of slabs come on top, up to a thirty-second of
 * the bound; beyond that they count as well. Confined to the ring thread, but for {@link #bytes}.
 */
final class MemoryBound {
  private static final long MIB = 1 << 20;

  /** Of the process's budget, unless the user says a number. */
  private static final int SHARE = 2;

  /** Of the bound; a larger trace is decided at once, so that it harms nobody else. */
  private static final int TRACE_SHARE = 8;

  private static final int EVICTED_TOGETHER = 32;

  /** Of the bound, for each kind of remembered decisions. */
  private static final int CACHE_SHARE = 8;

  /** A trace takes more than this, so that there never are more traces. */
  private static final int TRACE_BYTES_MIN = 256;

  private final long limit;
  private final ByteBudget budget;
  private final SpanStore store;
  private final TraceTable traces;
  private final Decisions decisions;
  private final Runnable flush;
  private volatile long charged;

  /**
   * Creates the bound.
   *
   * @param limit see {@link #limit}
   * @param flush sends what is kept, which makes room
   */
  MemoryBound(
      long limit,
      ByteBudget budget,
      SpanStore store,
      TraceTable traces,
      Decisions decisions,
      Runnable flush) {
    this.limit = limit;
    this.budget = budget;
    this.store = store;
    this.traces = traces;
    this.decisions = decisions;
    this.flush = flush;
  }

  /**
   * Returns the bound in bytes.
   *
   * @throws IllegalArgumentException when the process cannot hold what the user wants
   */
  static long limit(TailSamplingConfig config, ByteBudget budget) {
    Integer mib = config.maxMemoryMib();
    if (mib == null) {
      return Math.max(1, budget.limit() / SHARE);
    }
    if (mib * MIB > budget.limit()) {
      throw new IllegalArgumentException(
          "max_memory_mib: %d (expected: <= %d, the budget of the process)"
              .formatted(mib, budget.limit() / MIB));
    }
    return mib * MIB;
  }

  /** Returns how many decisions may be remembered, of so many that the user wants. */
  static int cacheSize(int wanted, long limit) {
    return Math.clamp(limit / CACHE_SHARE / DecisionCache.ENTRY_BYTES, 1, wanted);
  }

  /** Returns how many traces to expect, of so many that the user allows. */
  static int expectedTraces(int max, long limit) {
    return Math.clamp(limit / TRACE_BYTES_MIN, 1, max);
  }

  /** Returns the most bytes of spans that one trace may have. */
  long traceBytesMax() {
    return limit / TRACE_SHARE;
  }

  /** Decides traces early until there is room. */
  void relieve(long nanos) {
    if (!isOver()) {
      return;
    }
    store.trim();
    while (isOver()) {
      int evicted = decisions.evict(Eviction.MEMORY, EVICTED_TOGETHER, nanos);
      flush.run();
      store.trim();
      if (evicted == 0) {
        return;
      }
    }
  }

  private boolean isOver() {
    long tables = traces.memoryBytes() + decisions.memoryBytes();
    return tables + store.usedBytes() > limit || tables + store.memoryBytes() > limit + limit / 32;
  }

  /** Adjusts the charge to what is held now. */
  void charge() {
    long now = traces.memoryBytes() + decisions.memoryBytes() + store.memoryBytes();
    budget.charge(now - charged);
    charged = now;
  }

  /** Gives the whole charge back. */
  void close() {
    budget.release(charged);
    charged = 0;
  }

  /** Returns the bytes that are held. Called by any thread. */
  long bytes() {
    return charged;
  }
}
