package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;

/**
 * Spans in blocks, each with the origin it came in. Confined to the ring thread.
 *
 * <p>Whoever has a block must {@link #free} it.
 */
final class SpanStore {
  private final Slabs slabs = new Slabs();
  private final Origins origins;
  private long spans;

  SpanStore(Origins origins) {
    this.origins = origins;
  }

  /** Copies a span into a block, which is in no chain yet. */
  int store(ByteRange span, Origin origin) {
    int length = span.length();
    int block = slabs.allocate(BlockHeader.BYTES + length);
    byte[] array = slabs.array(block);
    int offset = slabs.offset(block);
    BlockHeader.write(array, offset, length, origin.number);
    System.arraycopy(span.bytes(), span.offset(), array, offset + BlockHeader.BYTES, length);
    origins.retain(origin);
    spans++;
    return block;
  }

  /** Forgets a span. */
  void free(int block) {
    Origin origin = origin(block);
    slabs.free(block);
    origins.release(origin);
    spans--;
  }

  Origin origin(int block) {
    return origins.get(BlockHeader.origin(slabs.array(block), slabs.offset(block)));
  }

  /** Returns the block behind this one in its chain, or {@link Slabs#NONE}. */
  int next(int block) {
    return BlockHeader.next(slabs.array(block), slabs.offset(block));
  }

  /** Puts {@code next} behind the block in its chain. */
  void chain(int block, int next) {
    BlockHeader.next(slabs.array(block), slabs.offset(block), next);
  }

  /** Returns the array in which the span lies, at {@link #spanOffset}. */
  byte[] array(int block) {
    return slabs.array(block);
  }

  int spanOffset(int block) {
    return slabs.offset(block) + BlockHeader.BYTES;
  }

  int spanLength(int block) {
    return BlockHeader.length(slabs.array(block), slabs.offset(block));
  }

  /** Returns how many spans are held. */
  long spans() {
    return spans;
  }

  /** Returns the memory of the blocks that are in use, and of their origins. */
  long usedBytes() {
    return slabs.usedBytes() + origins.bytes();
  }

  /** Returns the memory of all slabs, and of the origins. */
  long memoryBytes() {
    return slabs.slabBytes() + origins.bytes();
  }

  /** Gives up memory that was kept for later. */
  void trim() {
    slabs.trim();
  }
}
