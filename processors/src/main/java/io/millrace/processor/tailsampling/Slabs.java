package io.millrace.processor.tailsampling;

import java.util.Arrays;

/**
 * Memory for spans, off the object graph: blocks of {@link SizeClass} sizes in slabs of 64 KiB.
 *
 * <p>A garbage collector that copies or marks a million small arrays stops for seconds; a few
 * thousand slabs without references cost it nothing. A slab holds blocks of one size. Its free
 * blocks are a list whose links lie in the blocks themselves; the slabs that have free blocks are a
 * list for each size. A slab without live blocks is given back, but for a few that are kept for the
 * next one to come. What is larger than {@link SizeClass#BYTES_MAX} gets an array of its own.
 *
 * <pre>
 *   block = slab number << 10 | block number
 * </pre>
 *
 * Confined to the ring thread.
 */
final class Slabs {
  /** No block, and no slab. */
  static final int NONE = -1;

  static final int SLAB_BYTES = 64 << 10;

  private static final int BLOCK_BITS = 10; // a slab has at most 1024 of the smallest blocks
  private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
  private static final int SLABS_MAX = 1 << (Integer.SIZE - 1 - BLOCK_BITS);
  private static final int SPARE_SLABS_MIN = 4;
  private static final byte[] NO_BYTES = {};

  private byte[][] bytes = new byte[16][];
  private int[] blockBytes = new int[16];
  private int[] liveBlocks = new int[16];

  /** First block of each slab's list of free ones. */
  private int[] freeBlock = new int[16];

  /** How many blocks of each slab have ever been used; the others are free and in no list. */
  private int[] usedBlocks = new int[16];

  private int[] next = new int[16];
  private int[] previous = new int[16];
  private final int[] withFreeBlocks = new int[SizeClass.COUNT];
  private int slabs;
  private int unusedNumber = NONE;
  private byte[][] spare = new byte[SPARE_SLABS_MIN][];
  private int spares;
  private long slabBytes;
  private long usedBytes;

  Slabs() {
    Arrays.fill(bytes, NO_BYTES);
    Arrays.fill(spare, NO_BYTES);
    Arrays.fill(withFreeBlocks, NONE);
  }

  /** Returns a block of at least {@code size} bytes with anything in it. */
  int allocate(int size) {
    if (size > SizeClass.BYTES_MAX) {
      return allocateAlone(size);
    }
    int sizeClass = SizeClass.of(size);
    int slab = withFreeBlocks[sizeClass];
    if (slab == NONE) {
      slab = addSlab(takeSpare(), SizeClass.bytes(sizeClass));
      link(slab, sizeClass);
    }
    int block = takeBlock(slab);
    if (isFull(slab)) {
      unlink(slab, sizeClass);
    }
    return slab << BLOCK_BITS | block;
  }

  private int allocateAlone(int size) {
    int slab = addSlab(new byte[size], size);
    slabBytes += size;
    takeBlock(slab);
    return slab << BLOCK_BITS;
  }

  private int takeBlock(int slab) {
    liveBlocks[slab]++;
    usedBytes += blockBytes[slab];
    int block = freeBlock[slab];
    if (block == NONE) {
      return usedBlocks[slab]++;
    }
    freeBlock[slab] = BlockHeader.next(bytes[slab], block * blockBytes[slab]);
    return block;
  }

  /** Gives a block back. */
  void free(int block) {
    int slab = block >>> BLOCK_BITS;
    int size = blockBytes[slab];
    usedBytes -= size;
    liveBlocks[slab]--;
    if (size > SizeClass.BYTES_MAX) {
      slabBytes -= size;
      removeSlab(slab);
      return;
    }
    int sizeClass = SizeClass.of(size);
    if (liveBlocks[slab] == 0) {
      if (isInList(slab, sizeClass)) {
        unlink(slab, sizeClass);
      }
      putSpare(bytes[slab]);
      removeSlab(slab);
      return;
    }
    if (isFull(slab)) {
      link(slab, sizeClass);
    }
    int number = block & BLOCK_MASK;
    BlockHeader.next(bytes[slab], number * size, freeBlock[slab]);
    freeBlock[slab] = number;
  }

  /** Returns the array that the block lies in. */
  byte[] array(int block) {
    return bytes[block >>> BLOCK_BITS];
  }

  /** Returns where in its array the block starts. */
  int offset(int block) {
    return (block & BLOCK_MASK) * blockBytes[block >>> BLOCK_BITS];
  }

  /** Returns the bytes of all slabs, those that are kept for later included. */
  long slabBytes() {
    return slabBytes;
  }

  /** Returns the bytes of the live blocks. */
  long usedBytes() {
    return usedBytes;
  }

  /** Gives up the slabs that were kept for later. */
  void trim() {
    slabBytes -= (long) spares * SLAB_BYTES;
    Arrays.fill(spare, 0, spares, NO_BYTES);
    spares = 0;
  }

  private boolean isFull(int slab) {
    return freeBlock[slab] == NONE
        && (usedBlocks[slab] + 1) * blockBytes[slab] > bytes[slab].length;
  }

  private byte[] takeSpare() {
    if (spares == 0) {
      slabBytes += SLAB_BYTES;
      return new byte[SLAB_BYTES];
    }
    byte[] taken = spare[--spares];
    spare[spares] = NO_BYTES;
    return taken;
  }

  /** Keeps an eighth of what is in use, so that a steady flow allocates nothing. */
  private void putSpare(byte[] slab) {
    if (spares >= Math.max(SPARE_SLABS_MIN, slabs >> 3)) {
      slabBytes -= SLAB_BYTES;
      return;
    }
    if (spares == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spares);
      Arrays.fill(spare, spares, spare.length, NO_BYTES);
    }
    spare[spares++] = slab;
  }

  private int addSlab(byte[] array, int size) {
    int slab = unusedNumber;
    if (slab == NONE) {
      slab = slabs;
      grow();
    } else {
      unusedNumber = next[slab];
    }
    slabs++;
    bytes[slab] = array;
    blockBytes[slab] = size;
    liveBlocks[slab] = 0;
    usedBlocks[slab] = 0;
    freeBlock[slab] = NONE;
    next[slab] = NONE;
    previous[slab] = NONE;
    return slab;
  }

  private void removeSlab(int slab) {
    slabs--;
    bytes[slab] = NO_BYTES;
    next[slab] = unusedNumber;
    unusedNumber = slab;
  }

  private void grow() {
    if (slabs < bytes.length) {
      return;
    }
    if (slabs == SLABS_MAX) {
      throw new IllegalStateException("slabs: " + slabs + " (expected: < " + SLABS_MAX + ")");
    }
    int capacity = 2 * slabs;
    bytes = Arrays.copyOf(bytes, capacity);
    Arrays.fill(bytes, slabs, capacity, NO_BYTES);
    blockBytes = Arrays.copyOf(blockBytes, capacity);
    liveBlocks = Arrays.copyOf(liveBlocks, capacity);
    freeBlock = Arrays.copyOf(freeBlock, capacity);
    usedBlocks = Arrays.copyOf(usedBlocks, capacity);
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
  }

  private boolean isInList(int slab, int sizeClass) {
    return withFreeBlocks[sizeClass] == slab || previous[slab] != NONE;
  }

  private void link(int slab, int sizeClass) {
    int first = withFreeBlocks[sizeClass];
    next[slab] = first;
    previous[slab] = NONE;
    if (first != NONE) {
      previous[first] = slab;
    }
    withFreeBlocks[sizeClass] = slab;
  }

  private void unlink(int slab, int sizeClass) {
    if (previous[slab] == NONE) {
      withFreeBlocks[sizeClass] = next[slab];
    } else {
      next[previous[slab]] = next[slab];
    }
    if (next[slab] != NONE) {
      previous[next[slab]] = previous[slab];
    }
    next[slab] = NONE;
    previous[slab] = NONE;
  }
}
