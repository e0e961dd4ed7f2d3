package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Randomness;

/**
 * The undecided traces: a row of numbers for each, and the chain of its spans.
 *
 * <pre>
 *   id | first start, last end | bytes | spans | first and last block | list links | deadline |
 *   arrival | a bit for each test that some span has passed | randomness, where that counts
 * </pre>
 *
 * Confined to the ring thread.
 */
final class TraceTable {
  /** Columns that other classes keep their list links in. */
  static final int WHEEL_LINK = 7;

  static final int VALUE_LINK = 8;

  private static final int START = 2;
  private static final int END = 3;
  private static final int BYTES = 4;
  private static final int SPANS = 5;
  private static final int CHAIN = 6;
  private static final int PLACES = 9;
  private static final int ARRIVAL = 10;
  private static final int TESTS = 11;
  private static final int NO_COLUMN = -1;

  private final Rows rows;
  private final TraceIndex index;
  private final SpanStore store;
  private final int testWords;
  private final int randomnessColumn;

  /**
   * Creates an empty table.
   *
   * @param tests that spans of a trace may pass
   * @param expected how many traces there will be
   * @param hasRandomness whether traces can have randomness that is not their id's
   */
  TraceTable(SpanStore store, int tests, int expected, boolean hasRandomness) {
    this.store = store;
    this.testWords = words(tests);
    this.randomnessColumn = hasRandomness ? TESTS + testWords : NO_COLUMN;
    this.rows = new Rows(TESTS + testWords + (hasRandomness ? 1 : 0));
    this.index = new TraceIndex(rows, expected);
  }

  /** Returns how many longs hold so many bits; at least one. */
  static int words(int bits) {
    return Math.max(1, (bits + Long.SIZE - 1) / Long.SIZE);
  }

  /** Returns the trace's row, or {@link Rows#NONE}. */
  int find(long idHigh, long idLow) {
    return index.find(idHigh, idLow);
  }

  /** Adds a trace without spans, which must not be in the table. */
  int add(long idHigh, long idLow, long nanos) {
    int trace = rows.add();
    rows.set(trace, TraceIndex.ID_HIGH, idHigh);
    rows.set(trace, TraceIndex.ID_LOW, idLow);
    rows.set(trace, ARRIVAL, nanos);
    rows.set(trace, CHAIN, -1);
    if (randomnessColumn != NO_COLUMN) {
      rows.set(trace, randomnessColumn, Randomness.NONE);
    }
    index.add(trace);
    return trace;
  }

  /** Forgets a trace, but not its blocks. */
  void remove(int trace) {
    index.remove(trace);
    rows.remove(trace);
  }

  /** Appends a span of {@code length} bytes that lies in {@code block}. */
  void append(int trace, int block, int length) {
    long chain = rows.get(trace, CHAIN);
    int last = (int) chain;
    int first = (int) (chain >>> Integer.SIZE);
    if (last == Slabs.NONE) {
      first = block;
    } else {
      store.chain(last, block);
    }
    rows.set(trace, CHAIN, (long) first << Integer.SIZE | Integer.toUnsignedLong(block));
    rows.set(trace, BYTES, bytes(trace) + length);
    rows.set(trace, SPANS, rows.get(trace, SPANS) + 1);
  }

  /** Widens the trace's time; a start of 0 is none. */
  void extend(int trace, long startUnixNano, long endUnixNano) {
    long start = rows.get(trace, START);
    if (startUnixNano != 0 && (start == 0 || Long.compareUnsigned(startUnixNano, start) < 0)) {
      rows.set(trace, START, startUnixNano);
    }
    if (Long.compareUnsigned(endUnixNano, rows.get(trace, END)) > 0) {
      rows.set(trace, END, endUnixNano);
    }
  }

  /** Notes the tests that a span has passed. */
  void pass(int trace, long[] tests) {
    for (int i = 0; i < testWords; i++) {
      rows.set(trace, TESTS + i, rows.get(trace, TESTS + i) | tests[i]);
    }
  }

  /** Returns whether a span has passed the test. */
  boolean hasPassed(int trace, int test) {
    return (rows.get(trace, TESTS + test / Long.SIZE) & 1L << test) != 0;
  }

  long idHigh(int trace) {
    return rows.get(trace, TraceIndex.ID_HIGH);
  }

  long idLow(int trace) {
    return rows.get(trace, TraceIndex.ID_LOW);
  }

  /**
   * Takes randomness that a span of the trace came with; of several the lowest, whatever came
   * first.
   */
  void hear(int trace, long randomness) {
    long known = rows.get(trace, randomnessColumn);
    if (known == Randomness.NONE || randomness < known) {
      rows.set(trace, randomnessColumn, randomness);
    }
  }

  /** Returns 56 bits that are random, and the same wherever spans of the trace are looked at. */
  long randomness(int trace) {
    if (randomnessColumn != NO_COLUMN) {
      long heard = rows.get(trace, randomnessColumn);
      if (heard != Randomness.NONE) {
        return heard;
      }
    }
    return Randomness.ofTraceId(idLow(trace));
  }

  /** Returns the time from the first start to the last end. */
  long durationNanos(int trace) {
    return rows.get(trace, END) - rows.get(trace, START);
  }

  /** Returns the bytes of its spans as they came. */
  long bytes(int trace) {
    return rows.get(trace, BYTES);
  }

  int spans(int trace) {
    return (int) rows.get(trace, SPANS);
  }

  int firstBlock(int trace) {
    return (int) (rows.get(trace, CHAIN) >>> Integer.SIZE);
  }

  long arrivalNanos(int trace) {
    return rows.get(trace, ARRIVAL);
  }

  /** Returns the tick of the wheel that decides it. */
  int deadline(int trace) {
    return (int) (rows.get(trace, PLACES) >>> Integer.SIZE);
  }

  void deadline(int trace, int tick) {
    long places = rows.get(trace, PLACES);
    rows.set(trace, PLACES, (long) tick << Integer.SIZE | Integer.toUnsignedLong((int) places));
  }

  /** Returns which list of its value the trace is in. */
  int valueList(int trace) {
    return (int) rows.get(trace, PLACES);
  }

  void valueList(int trace, int list) {
    rows.set(trace, PLACES, rows.get(trace, PLACES) >>> Integer.SIZE << Integer.SIZE | list);
  }

  RowLists lists(int column, int count) {
    return new RowLists(rows, column, count);
  }

  int size() {
    return rows.size();
  }

  /** Returns the memory of the table, without the spans. */
  long memoryBytes() {
    return rows.bytes() + index.bytes();
  }
}
