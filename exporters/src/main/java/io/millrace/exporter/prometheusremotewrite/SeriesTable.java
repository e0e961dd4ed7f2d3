package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.promtranslation.Series;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The series of one request by their labels: a hash table with open addressing over arrays.
 *
 * <pre>
 *   slots    [ 0 | 3 | 0 | 1 | 2 ]      number of the series plus one, 0 for none
 *   series   hashes, starts: where its labels lie in {@link #labels}
 * </pre>
 *
 * <p>Half of the slots at most are taken. Confined to one thread.
 */
final class SeriesTable {
  private static final int CAPACITY_MIN = 256;

  private final ByteAppender labels = new ByteAppender(32 * 1024);
  private int[] slots = new int[2 * CAPACITY_MIN];
  private long[] hashes = new long[CAPACITY_MIN];
  private int[] starts = new int[CAPACITY_MIN + 1];
  private int size;

  void clear() {
    labels.truncate(0);
    Arrays.fill(slots, 0);
    size = 0;
  }

  int size() {
    return size;
  }

  /** What it holds in memory, roughly, in bytes. */
  long bytesHeld() {
    return labels.bytes().length
        + (long) Integer.BYTES * (slots.length + starts.length)
        + (long) Long.BYTES * hashes.length;
  }

  /** Returns the number of the series, which is the old {@link #size()} when it is new. */
  int find(Series series) {
    long hash = series.hash();
    int slot = (int) hash & (slots.length - 1);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int number = found - 1;
      if (hashes[number] == hash
          && series.contentEquals(labels.bytes(), starts[number], length(number))) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(series, hash, slot);
  }

  private int add(Series series, long hash, int slot) {
    int number = size;
    slots[slot] = number + 1;
    hashes[number] = hash;
    starts[number] = labels.length();
    series.appendTo(labels);
    size++;
    starts[size] = labels.length();
    if (size == hashes.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    starts = Arrays.copyOf(starts, 2 * size + 1);
    slots = new int[4 * size];
    for (int number = 0; number < size; number++) {
      int slot = (int) hashes[number] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number + 1;
    }
  }

  /** The array with the labels of all series. */
  byte[] labels() {
    return labels.bytes();
  }

  int start(int number) {
    return starts[number];
  }

  /** Length of the labels of a series in bytes. */
  int length(int number) {
    return starts[number + 1] - starts[number];
  }
}
