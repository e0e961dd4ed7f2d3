package io.millrace.processor.tailsampling;

/**
 * Remembers the latest decisions of one kind, so that late spans follow them; a late span keeps its
 * trace's decision from being forgotten first. Confined to the ring thread.
 */
final class DecisionCache {
  /** What a decision takes in memory, its place in the index included. */
  static final int ENTRY_BYTES = 64;

  private static final int LINK = 2;
  private static final int DECIDED = 3;
  private static final int THRESHOLD = 4;
  private static final int POLICY = 5;
  private static final int COLUMNS = 6;
  private static final int LRU = 0;

  private final int capacity;
  private final Rows rows = new Rows(COLUMNS);
  private final TraceIndex index;
  private final RowLists order = new RowLists(rows, LINK, 1);

  /** Creates a cache of {@code capacity} decisions, at least 1. */
  DecisionCache(int capacity) {
    this.capacity = capacity;
    this.index = new TraceIndex(rows, capacity);
  }

  /**
   * Remembers a decision, which must not be in the cache, and forgets the oldest if it must.
   *
   * @param threshold what the trace's randomness had to reach, or {@link
   *     io.millrace.processor.probability.Threshold#NONE}
   * @param policy that decided; of no meaning where none did
   */
  void add(long idHigh, long idLow, long nanos, long threshold, int policy) {
    if (rows.size() == capacity) {
      int oldest = order.first(LRU);
      order.remove(LRU, oldest);
      index.remove(oldest);
      rows.remove(oldest);
    }
    int decision = rows.add();
    rows.set(decision, TraceIndex.ID_HIGH, idHigh);
    rows.set(decision, TraceIndex.ID_LOW, idLow);
    rows.set(decision, DECIDED, nanos);
    rows.set(decision, THRESHOLD, threshold);
    rows.set(decision, POLICY, policy);
    index.add(decision);
    order.addLast(LRU, decision);
  }

  /** Returns the number of the decision, or {@link Rows#NONE}; it counts as used. */
  int find(long idHigh, long idLow) {
    int decision = index.find(idHigh, idLow);
    if (decision != Rows.NONE) {
      order.remove(LRU, decision);
      order.addLast(LRU, decision);
    }
    return decision;
  }

  /** Returns when it was made, in the clock's monotonic time. */
  long decidedNanos(int decision) {
    return rows.get(decision, DECIDED);
  }

  /** Returns what the randomness of the trace had to reach. */
  long threshold(int decision) {
    return rows.get(decision, THRESHOLD);
  }

  int policy(int decision) {
    return (int) rows.get(decision, POLICY);
  }

  /** Returns the memory in use. */
  long memoryBytes() {
    return rows.bytes() + index.bytes();
  }
}
