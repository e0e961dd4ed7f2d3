package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlabsTest {
  private final Slabs slabs = new Slabs();

  @Test
  void sizeClassesFitAndWasteLessThanAnEighth() {
    int before = 0;
    for (int bytes = 1; bytes <= SizeClass.BYTES_MAX; bytes++) {
      int sizeClass = SizeClass.of(bytes);
      int size = SizeClass.bytes(sizeClass);
      assertThat(size).as("block for %d bytes", bytes).isGreaterThanOrEqualTo(bytes);
      assertThat(sizeClass).isBetween(before, Math.min(before + 1, SizeClass.COUNT - 1));
      if (bytes > SizeClass.BYTES_MIN) {
        assertThat(8 * (size - bytes)).as("waste of %d bytes", bytes).isLessThanOrEqualTo(bytes);
      }
      before = sizeClass;
    }
    assertThat(before).isEqualTo(SizeClass.COUNT - 1);
  }

  private record Block(int number, int size, byte mark) {}

  /**
   * Scenario: blocks of all sizes come and go, with growing and falling numbers.
   *
   * <p>Guarantees: no block overlaps another; what is counted as used is the sum of the blocks; in
   * the end every slab has been given back.
   */
  @Test
  void blocksNeverOverlapAndAllMemoryComesBack() {
    for (long seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<Block> live = new ArrayList<>();
      for (int step = 0; step < 20_000; step++) {
        boolean isGrowing = step / 2_000 % 2 == 0;
        if (live.isEmpty() || random.nextInt(10) < (isGrowing ? 7 : 3)) {
          live.add(allocate(random, (byte) step));
        } else {
          Block block = live.remove(random.nextInt(live.size()));
          assertMarked(block, seed);
          slabs.free(block.number);
        }
      }
      long used = live.stream().mapToLong(SlabsTest::blockBytes).sum();
      assertThat(slabs.usedBytes()).as("seed %d", seed).isEqualTo(used);
      assertThat(slabs.slabBytes()).isGreaterThanOrEqualTo(used);
      for (Block block : live) {
        assertMarked(block, seed);
        slabs.free(block.number);
      }
      slabs.trim();
      assertThat(slabs.usedBytes()).isZero();
      assertThat(slabs.slabBytes()).as("seed %d", seed).isZero();
    }
  }

  private static long blockBytes(Block block) {
    return block.size > SizeClass.BYTES_MAX
        ? block.size
        : SizeClass.bytes(SizeClass.of(block.size));
  }

  private Block allocate(Random random, byte mark) {
    int size = 12 + random.nextInt(random.nextInt(50) == 0 ? 30_000 : 900);
    int number = slabs.allocate(size);
    int offset = slabs.offset(number);
    Arrays.fill(slabs.array(number), offset, offset + size, mark);
    return new Block(number, size, mark);
  }

  private void assertMarked(Block block, long seed) {
    int offset = slabs.offset(block.number);
    byte[] array = slabs.array(block.number);
    for (int i = offset; i < offset + block.size; i++) {
      assertThat(array[i]).as("seed %d", seed).isEqualTo(block.mark);
    }
  }

  @Test
  void aSteadyFlowNeedsNoNewMemory() {
    int[] blocks = new int[1_000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = slabs.allocate(600);
    }
    long atFirst = slabs.slabBytes();
    for (int lap = 0; lap < 10; lap++) {
      for (int i = 0; i < blocks.length; i++) {
        slabs.free(blocks[i]);
        blocks[i] = slabs.allocate(600);
      }
    }

    assertThat(slabs.slabBytes()).isLessThanOrEqualTo(atFirst + 2 * Slabs.SLAB_BYTES);
  }
}
