package io.millrace.exporter.loki;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The streams of one request by their labels: a hash table with open addressing over arrays.
 *
 * <pre>
 *   slots    [ 0 | 3 | 0 | 1 | 2 ]      number of the stream plus one, 0 for none
 *   streams  hashes, starts: where its labels lie in {@link #labels}
 * </pre>
 *
 * <p>Half of the slots at most are taken. Confined to one thread.
 */
final class StreamTable {
  private static final int CAPACITY_MIN = 8;

  private final ByteAppender labels = new ByteAppender(1024);
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

  /** How many streams there is room for without growing; arrays beside this one follow it. */
  int capacity() {
    return hashes.length;
  }

  /** Returns the number of the stream, which is the old {@link #size()} when it is new. */
  int find(ByteAppender text, long hash) {
    int slot = (int) hash & (slots.length - 1);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int number = found - 1;
      if (hashes[number] == hash && isAt(number, text)) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(text, hash, slot);
  }

  private boolean isAt(int number, ByteAppender text) {
    return Arrays.equals(
        labels.bytes(), starts[number], starts[number + 1], text.bytes(), 0, text.length());
  }

  private int add(ByteAppender text, long hash, int slot) {
    int number = size;
    slots[slot] = number + 1;
    hashes[number] = hash;
    starts[number] = labels.length();
    labels.put(text.bytes(), 0, text.length());
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

  /** The array with the labels of all streams. */
  byte[] labels() {
    return labels.bytes();
  }

  /** Length of all labels in bytes. */
  int labelsLength() {
    return labels.length();
  }

  int start(int number) {
    return starts[number];
  }

  /** Length of the labels of a stream in bytes. */
  int length(int number) {
    return starts[number + 1] - starts[number];
  }

  /** What it holds in memory, about, in bytes. */
  long heldBytes() {
    return labels.bytes().length + 20L * hashes.length;
  }
}
