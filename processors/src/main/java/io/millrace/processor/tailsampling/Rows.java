package io.millrace.processor.tailsampling;

import java.util.Arrays;

/**
 * A table of rows of longs: what would otherwise be an object per trace.
 *
 * <p>Rows lie in pages, so that the table grows without copying and its memory follows its size. A
 * row keeps its number until it is removed. Confined to the ring thread.
 */
final class Rows {
  /** No row. */
  static final int NONE = -1;

  private static final int PAGE_BITS = 10;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE_ROWS - 1;

  private final int columns;
  private long[][] pages = new long[4][];
  private int pageCount;
  private int used;
  private int free = NONE;
  private int size;

  /** Creates an empty table; the first column of a free row links it to the next one. */
  Rows(int columns) {
    this.columns = columns;
  }

  /** Returns a new row, all zero. */
  int add() {
    size++;
    int row = free;
    if (row == NONE) {
      if (used == pageCount << PAGE_BITS) {
        addPage();
      }
      return used++;
    }
    long[] page = pages[row >>> PAGE_BITS];
    int at = at(row);
    free = (int) page[at];
    Arrays.fill(page, at, at + columns, 0);
    return row;
  }

  private void addPage() {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, 2 * pageCount);
    }
    pages[pageCount++] = new long[PAGE_ROWS * columns];
  }

  void remove(int row) {
    set(row, 0, free);
    free = row;
    size--;
    if (size == 0 && pageCount > 1) {
      clear();
    }
  }

  /** What one burst took would otherwise count against the memory of all that follows. */
  private void clear() {
    pages = new long[4][];
    pageCount = 0;
    used = 0;
    free = NONE;
  }

  long get(int row, int column) {
    return pages[row >>> PAGE_BITS][at(row) + column];
  }

  void set(int row, int column, long value) {
    pages[row >>> PAGE_BITS][at(row) + column] = value;
  }

  private int at(int row) {
    return (row & PAGE_MASK) * columns;
  }

  int size() {
    return size;
  }

  /** Returns the memory in use. */
  long bytes() {
    return (long) pageCount * PAGE_ROWS * columns * Long.BYTES;
  }
}
