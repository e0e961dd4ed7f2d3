package io.millrace.processor.tailsampling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first bytes of a block that holds a span.
 *
 * <pre>
 *   0        4        8        12
 *   | next   | length | origin | span ...
 * </pre>
 *
 * <p>{@code next} is the next block of the same trace; in a free block it is the next free one.
 * Stateless.
 */
final class BlockHeader {
  static final int BYTES = 12;

  private static final int LENGTH = 4;
  private static final int ORIGIN = 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private BlockHeader() {}

  static int next(byte[] array, int offset) {
    return (int) INT.get(array, offset);
  }

  static void next(byte[] array, int offset, int block) {
    INT.set(array, offset, block);
  }

  static int length(byte[] array, int offset) {
    return (int) INT.get(array, offset + LENGTH);
  }

  static int origin(byte[] array, int offset) {
    return (int) INT.get(array, offset + ORIGIN);
  }

  static void write(byte[] array, int offset, int length, int origin) {
    INT.set(array, offset, Slabs.NONE);
    INT.set(array, offset + LENGTH, length);
    INT.set(array, offset + ORIGIN, origin);
  }
}
