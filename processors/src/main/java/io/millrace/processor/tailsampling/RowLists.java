package io.millrace.processor.tailsampling;

import java.util.Arrays;

/**
 * Lists of rows, first in first out, whose links lie in one column of the rows: joining and leaving
 * cost nothing but two numbers. A row is in at most one of the lists.
 *
 * <pre>
 *   link = next row << 32 | previous row
 * </pre>
 *
 * Confined to the ring thread.
 */
final class RowLists {
  private final Rows rows;
  private final int column;
  private final int[] first;
  private final int[] last;

  RowLists(Rows rows, int column, int lists) {
    this.rows = rows;
    this.column = column;
    this.first = new int[lists];
    this.last = new int[lists];
    Arrays.fill(first, Rows.NONE);
    Arrays.fill(last, Rows.NONE);
  }

  /** Returns the row that has been in the list for the longest time, or {@link Rows#NONE}. */
  int first(int list) {
    return first[list];
  }

  /** Returns the row behind this one in its list, or {@link Rows#NONE}. */
  int next(int row) {
    return (int) (rows.get(row, column) >>> Integer.SIZE);
  }

  private int previous(int row) {
    return (int) rows.get(row, column);
  }

  void addLast(int list, int row) {
    int before = last[list];
    link(row, Rows.NONE, before);
    if (before == Rows.NONE) {
      first[list] = row;
    } else {
      link(before, row, previous(before));
    }
    last[list] = row;
  }

  void remove(int list, int row) {
    int after = next(row);
    int before = previous(row);
    if (before == Rows.NONE) {
      first[list] = after;
    } else {
      link(before, after, previous(before));
    }
    if (after == Rows.NONE) {
      last[list] = before;
    } else {
      link(after, next(after), before);
    }
  }

  private void link(int row, int next, int previous) {
    rows.set(row, column, (long) next << Integer.SIZE | Integer.toUnsignedLong(previous));
  }
}
