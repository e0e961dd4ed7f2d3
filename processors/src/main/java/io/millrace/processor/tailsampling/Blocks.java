package io.millrace.processor.tailsampling;

import java.util.Arrays;

/** A list of blocks. Confined to the ring thread. */
final class Blocks {
  private static final int CAPACITY_KEPT = 1024;
  private static final int[] NO_BLOCKS = {};

  private int[] blocks = NO_BLOCKS;
  private int size;

  void add(int block) {
    if (size == blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(8, 2 * size));
    }
    blocks[size++] = block;
  }

  int get(int index) {
    return blocks[index];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    if (blocks.length > CAPACITY_KEPT) {
      blocks = NO_BLOCKS;
    }
  }
}
