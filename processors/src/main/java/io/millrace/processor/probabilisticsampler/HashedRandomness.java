package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.ByteRange;
import io.millrace.processor.probability.Randomness;

/**
 * Randomness from a hash, where a trace's own is not used.
 *
 * <p>The hash is FNV-1a of 32 bits over seed and bytes, as the collector's {@code hash_seed} mode
 * has always had it. Its decision rests on the lowest 14 bits; here they come first and inverted,
 * so that "hash below rate" reads "randomness not below threshold", and samplers behind this one
 * decide alike. Stateless.
 */
final class HashedRandomness {
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;
  private static final int BUCKET_BITS = 14;
  private static final int BUCKETS = 1 << BUCKET_BITS;

  private HashedRandomness() {}

  /** Returns the hash of the trace id; {@link Randomness#NONE} when it is absent or all zero. */
  static long ofTraceId(ByteRange id, int seed) {
    return Randomness.isAbsent(id)
        ? Randomness.NONE
        : of(id.bytes(), id.offset(), id.length(), seed);
  }

  static long of(byte[] bytes, int offset, int length, int seed) {
    int hash = fnv1a(bytes, offset, length, seed);
    long bucket = hash & (BUCKETS - 1L);
    long unused = (hash & 0xffff_ffffL) >>> (Integer.SIZE - BUCKET_BITS);
    long mixed = unused ^ (unused << 10);
    return ((BUCKETS - 1L - bucket) << 42) | (mixed << BUCKET_BITS) | bucket;
  }

  static int fnv1a(byte[] bytes, int offset, int length, int seed) {
    int hash = FNV_OFFSET;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      hash = (hash ^ ((seed >>> shift) & 0xff)) * FNV_PRIME;
    }
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  /** Returns the threshold below which so large a percentage of the buckets lies. */
  static long threshold(float percentage) {
    int rate = (int) (percentage * (BUCKETS / 100f));
    return (BUCKETS - (long) rate) << 42;
  }
}
