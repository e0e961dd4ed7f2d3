package io.millrace.processor.tailsampling;

import java.util.Arrays;

/**
 * Finds rows by trace id: a hash table of row numbers with open addressing.
 *
 * <p>The first two columns of a row are its id, all 128 bits of it, which is what is compared: ids
 * that are padded or drawn from 64 bits do not meet. At most half full; a removed entry's place is
 * filled by those behind it, so that there are no tombstones (Knuth 6.4, algorithm R). Confined to
 * the ring thread.
 */
final class TraceIndex {
  static final int ID_HIGH = 0;
  static final int ID_LOW = 1;

  private static final int CAPACITY_MIN = 64;

  /** A larger table is not made before it is needed. */
  private static final int CAPACITY_MAX_AT_FIRST = 1 << 22;

  private final Rows rows;
  private int[] places;
  private int mask;
  private int size;

  /**
   * Creates an empty index.
   *
   * @param expected how many rows there will be; with more than these the table grows, which takes
   *     milliseconds
   */
  TraceIndex(Rows rows, int expected) {
    this.rows = rows;
    long wanted = Math.clamp(2L * expected, CAPACITY_MIN, CAPACITY_MAX_AT_FIRST);
    this.places = new int[Integer.highestOneBit((int) (2 * wanted - 1))];
    this.mask = places.length - 1;
    Arrays.fill(places, Rows.NONE);
  }

  /** Returns the row of that id, or {@link Rows#NONE}. */
  int find(long high, long low) {
    for (int place = home(high, low); ; place = place + 1 & mask) {
      int row = places[place];
      if (row == Rows.NONE || (rows.get(row, ID_LOW) == low && rows.get(row, ID_HIGH) == high)) {
        return row;
      }
    }
  }

  /** Enters a row, whose id must not be in the index. */
  void add(int row) {
    if (2 * ++size > places.length) {
      grow();
    }
    enter(row);
  }

  private void enter(int row) {
    int place = home(row);
    while (places[place] != Rows.NONE) {
      place = place + 1 & mask;
    }
    places[place] = row;
  }

  /** Takes a row out, which must be in the index. */
  void remove(int row) {
    size--;
    int hole = home(row);
    while (places[hole] != row) {
      hole = hole + 1 & mask;
    }
    for (int place = hole + 1 & mask; places[place] != Rows.NONE; place = place + 1 & mask) {
      int distance = place - home(places[place]) & mask;
      if (distance >= (place - hole & mask)) {
        places[hole] = places[place];
        hole = place;
      }
    }
    places[hole] = Rows.NONE;
  }

  private void grow() {
    int[] old = places;
    places = new int[2 * old.length];
    mask = places.length - 1;
    Arrays.fill(places, Rows.NONE);
    for (int row : old) {
      if (row != Rows.NONE) {
        enter(row);
      }
    }
  }

  /** Returns the memory in use. */
  long bytes() {
    return (long) places.length * Integer.BYTES;
  }

  private int home(int row) {
    return home(rows.get(row, ID_HIGH), rows.get(row, ID_LOW));
  }

  /** Mixes all bits, since ids may count up or be padded (finaliser of splitmix64). */
  private int home(long high, long low) {
    long mixed = high * 0x9e37_79b9_7f4a_7c15L ^ low;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return (int) (mixed ^ mixed >>> 31) & mask;
  }
}
