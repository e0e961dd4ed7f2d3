package io.millrace.processor.tailsampling;

/**
 * The sizes that blocks come in: from 64 bytes to 8 KiB, eight to each doubling.
 *
 * <p>So a step is at most an eighth, and what a block wastes at its end less than an eighth of it.
 * Stateless.
 */
final class SizeClass {
  static final int BYTES_MIN = 64;
  static final int BYTES_MAX = 8 << 10;
  static final int COUNT = 57;

  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;

  private SizeClass() {}

  /** Returns the class of the smallest block that holds {@code bytes}, 1 to {@link #BYTES_MAX}. */
  static int of(int bytes) {
    if (bytes <= BYTES_MIN) {
      return 0;
    }
    int shift = stepShift(bytes);
    int steps = ((bytes - 1) >> shift) + 1;
    return (shift - STEP_BITS) * STEPS + steps - STEPS;
  }

  /** Returns the size of the blocks of a class. */
  static int bytes(int sizeClass) {
    if (sizeClass == 0) {
      return BYTES_MIN;
    }
    int shift = STEP_BITS + (sizeClass - 1) / STEPS;
    return (STEPS + 1 + (sizeClass - 1) % STEPS) << shift;
  }

  /** Between two powers of two lie eight steps of this power of two. */
  private static int stepShift(int bytes) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bytes - 1) - STEP_BITS;
  }
}
