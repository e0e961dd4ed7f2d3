package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ByteRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A fast hash of bytes, another one in every process, so that nobody can send keys that collide.
 * Thread safe.
 */
public final class Hashes {
  private static final long SEED = new SecureRandom().nextLong();
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hashes() {}

  static long of(ByteRange range) {
    return of(range.bytes(), range.offset(), range.length());
  }

  public static long of(byte[] bytes, int offset, int length) {
    long hash = SEED + length * PRIME;
    int at = offset;
    int end = offset + length;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = (tail << 8) | (bytes[at] & 0xff);
    }
    return mix(hash ^ tail);
  }

  /** Multiplies to 128 bits and folds, as in wyhash: two instructions for all 64 bits. */
  static long mix(long value) {
    long odd = value ^ 0x2D35_8DCC_AA6C_78A5L;
    return Math.multiplyHigh(odd, PRIME) ^ (odd * PRIME);
  }
}
