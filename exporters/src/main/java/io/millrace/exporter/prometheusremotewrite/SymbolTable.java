package io.millrace.exporter.prometheusremotewrite;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The strings of a request of remote write 2.0, each once: a hash table with open addressing over
 * arrays. The empty string is number 0. Confined to one thread.
 */
final class SymbolTable {
  private static final int CAPACITY_MIN = 1024;

  private final ByteAppender texts = new ByteAppender(32 * 1024);
  private int[] slots = new int[2 * CAPACITY_MIN];
  private int[] hashes = new int[CAPACITY_MIN];
  private int[] starts = new int[CAPACITY_MIN + 1];
  private int size;

  SymbolTable() {
    clear();
  }

  void clear() {
    Arrays.fill(slots, 0);
    texts.truncate(0);
    size = 0;
    find(new byte[0], 0, 0);
  }

  /** Returns the number of a string, which is added unless it is there. */
  int find(byte[] bytes, int offset, int length) {
    int hash = hash(bytes, offset, length);
    int slot = hash & (slots.length - 1);
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int number = found - 1;
      if (hashes[number] == hash && contentEquals(number, bytes, offset, length)) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(bytes, offset, length, hash, slot);
  }

  private int add(byte[] bytes, int offset, int length, int hash, int slot) {
    int number = size;
    slots[slot] = number + 1;
    hashes[number] = hash;
    starts[number] = texts.length();
    texts.put(bytes, offset, length);
    size++;
    starts[size] = texts.length();
    if (size == hashes.length) {
      grow();
    }
    return number;
  }

  private boolean contentEquals(int number, byte[] bytes, int offset, int length) {
    return Arrays.equals(
        texts.bytes(), starts[number], starts[number + 1], bytes, offset, offset + length);
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash * 0x9E37_79B9) >>> 7;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    starts = Arrays.copyOf(starts, 2 * size + 1);
    slots = new int[4 * size];
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number + 1;
    }
  }

  /** Appends every string as a field with that tag, in the order of their numbers. */
  void appendTo(int tag, ByteAppender out) {
    for (int number = 0; number < size; number++) {
      int length = starts[number + 1] - starts[number];
      out.put(tag);
      out.putVarint(length);
      out.put(texts.bytes(), starts[number], length);
    }
  }
}
