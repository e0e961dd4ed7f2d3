package io.millrace.exporter.prometheusremotewrite;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What the series of a request hold, in lists by time: one list per series, all in the same arrays.
 *
 * <p>An entry is a time and three numbers, such as a value's bits or where its message lies. Nearly
 * always entries come in the order of time and are linked at the end; a list with one that does not
 * is sorted at last, once, so that no order of arrival is dear. Confined to one thread.
 */
final class TimedList {
  private static final int NONE = -1;
  private static final int BYTES_OF_ENTRY = 3 * Long.BYTES + 2 * Integer.BYTES;
  private static final int BYTES_OF_SERIES = 2 * Integer.BYTES + 1;

  private int[] heads = new int[256];
  private int[] tails = new int[256];
  private boolean[] unsorted = new boolean[256];
  private long[] times = new long[256];
  private long[] values = new long[256];
  private long[] details = new long[256];
  private int[] extras = new int[256];
  private int[] nexts = new int[256];
  private int size;
  private boolean anyUnsorted;

  void clear() {
    size = 0;
    anyUnsorted = false;
  }

  /** What it holds in memory, roughly, in bytes. */
  long bytesHeld() {
    return (long) BYTES_OF_ENTRY * times.length + (long) BYTES_OF_SERIES * heads.length;
  }

  /** Starts the list of the next series; numbers go up from 0. */
  void startSeries(int series) {
    if (series == heads.length) {
      heads = Arrays.copyOf(heads, 2 * series);
      tails = Arrays.copyOf(tails, 2 * series);
      unsorted = Arrays.copyOf(unsorted, 2 * series);
    }
    heads[series] = NONE;
    tails[series] = NONE;
    unsorted[series] = false;
  }

  /** What became of an entry. */
  enum Added {
    YES,
    /** The same time and value is there already; nothing is lost. */
    SAME,
    /** Another value is there for that time. */
    CONFLICT
  }

  /** Adds an entry to the list of a series. */
  Added add(int series, long time, long value, long detail, int extra) {
    int tail = tails[series];
    if (tail != NONE && times[tail] == time) {
      return values[tail] == value ? Added.SAME : Added.CONFLICT;
    }
    if (size == times.length) {
      grow();
    }
    int at = size++;
    times[at] = time;
    values[at] = value;
    details[at] = detail;
    extras[at] = extra;
    nexts[at] = NONE;
    if (tail == NONE) {
      heads[series] = at;
    } else {
      nexts[tail] = at;
      boolean isLate = time < times[tail];
      unsorted[series] |= isLate;
      anyUnsorted |= isLate;
    }
    tails[series] = at;
    return Added.YES;
  }

  /**
   * Sorts the lists that need it.
   *
   * @param conflict is told the entry's {@code extra} when one with that time and another value
   *     came before it; it is taken out
   */
  void sort(int seriesCount, IntConsumer conflict) {
    if (!anyUnsorted) {
      return;
    }
    for (int series = 0; series < seriesCount; series++) {
      if (unsorted[series]) {
        sortOne(series, conflict);
      }
    }
  }

  /** Rare, so it may allocate. */
  private void sortOne(int series, IntConsumer conflict) {
    Integer[] entries = entries(series);
    Arrays.sort(entries, (a, b) -> Long.compare(times[a], times[b])); // keeps the first in front
    int last = entries[0];
    heads[series] = last;
    for (int i = 1; i < entries.length; i++) {
      int entry = entries[i];
      if (times[entry] != times[last]) {
        nexts[last] = entry;
        last = entry;
      } else if (values[entry] != values[last]) {
        conflict.accept(extras[entry]);
      }
    }
    nexts[last] = NONE;
    tails[series] = last;
    unsorted[series] = false;
  }

  private Integer[] entries(int series) {
    int count = 0;
    for (int at = heads[series]; at != NONE; at = nexts[at]) {
      count++;
    }
    Integer[] entries = new Integer[count];
    int i = 0;
    for (int at = heads[series]; at != NONE; at = nexts[at]) {
      entries[i++] = at;
    }
    return entries;
  }

  /** The first entry of a series, negative for none. */
  int first(int series) {
    return heads[series];
  }

  /** The entry behind another, negative for none. */
  int next(int entry) {
    return nexts[entry];
  }

  long time(int entry) {
    return times[entry];
  }

  long value(int entry) {
    return values[entry];
  }

  /** What belongs to the value and is not compared: since when it counts. */
  long detail(int entry) {
    return details[entry];
  }

  private void grow() {
    times = Arrays.copyOf(times, 2 * size);
    values = Arrays.copyOf(values, 2 * size);
    details = Arrays.copyOf(details, 2 * size);
    extras = Arrays.copyOf(extras, 2 * size);
    nexts = Arrays.copyOf(nexts, 2 * size);
  }
}
