package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * Byte strings of one request, such as the labels of its series, each once and under a number: a
 * hash table with open addressing over arrays.
 *
 * <pre>
 *   slots    [ 0 | 3 | 0 | 1 | 2 ]      number of the string plus one, 0 for none
 *   strings  hashes, starts: where it lies in {@link #bytes}
 * </pre>
 *
 * <p>Half of the slots at most are taken. Confined to one thread.
 */
public final class BytesTable {
  private static final int BYTES_PER_STRING = 32;

  private final ByteAppender bytes;
  private int[] slots;
  private long[] hashes;
  private int[] starts;
  private int size;

  /**
   * Creates an empty table.
   *
   * @param capacity strings there is room for without growing, a power of two
   */
  public BytesTable(int capacity) {
    bytes = new ByteAppender(BYTES_PER_STRING * capacity);
    slots = new int[2 * capacity];
    hashes = new long[capacity];
    starts = new int[capacity + 1];
  }

  /** Forgets all. */
  public void clear() {
    bytes.truncate(0);
    Arrays.fill(slots, 0);
    size = 0;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Returns the number of a string, which is the old {@link #size()} when it is new. */
  public int find(TableContent content) {
    long hash = content.hash();
    int slot = (int) hash & (slots.length - 1);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int number = found - 1;
      if (hashes[number] == hash
          && content.contentEquals(bytes.bytes(), starts[number], length(number))) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(content, hash, slot);
  }

  private int add(TableContent content, long hash, int slot) {
    int number = size;
    slots[slot] = number + 1;
    hashes[number] = hash;
    starts[number] = bytes.length();
    content.appendTo(bytes);
    size++;
    starts[size] = bytes.length();
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

  /** The array with all strings. */
  public byte[] bytes() {
    return bytes.bytes();
  }

  /** Length of all strings together. */
  public int bytesLength() {
    return bytes.length();
  }

  /** Where a string lies in {@link #bytes()}. */
  public int start(int number) {
    return starts[number];
  }

  /** Length of a string. */
  public int length(int number) {
    return starts[number + 1] - starts[number];
  }

  /** What it holds in memory, roughly, in bytes. */
  public long bytesHeld() {
    return bytes.bytes().length
        + (long) Integer.BYTES * (slots.length + starts.length)
        + (long) Long.BYTES * hashes.length;
  }
}
