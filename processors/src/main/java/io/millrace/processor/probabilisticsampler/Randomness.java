package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.ByteRange;

/**
 * Randomness of consistent probability sampling: 56 bits that all records of a trace share.
 *
 * <p>The hash is FNV-1a of 32 bits over seed and bytes, as the collector's {@code hash_seed} mode
 * has always had it. Its decision rests on the lowest 14 bits; here they come first and inverted,
 * so that "hash below rate" reads "randomness not below threshold", and samplers behind this one
 * decide alike. Stateless.
 */
final class Randomness {
  /** Kept at every probability but none; also what stands in for randomness that is missing. */
  static final long MAX = Threshold.NEVER - 1;

  /** Stands for the absence of randomness. */
  static final long NONE = -1;

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;
  private static final int BUCKET_BITS = 14;
  private static final int BUCKETS = 1 << BUCKET_BITS;
  private static final int TRACE_ID_BYTES = 16;

  private Randomness() {}

  /** Returns the lower 56 bits of the trace id; {@link #NONE} when it is absent or all zero. */
  static long ofTraceId(ByteRange id) {
    if (isAbsent(id)) {
      return NONE;
    }
    long value = 0;
    for (int i = TRACE_ID_BYTES - 7; i < TRACE_ID_BYTES; i++) {
      value = (value << 8) | (id.bytes()[id.offset() + i] & 0xff);
    }
    return value;
  }

  /** Returns the hash of the trace id; {@link #NONE} when it is absent or all zero. */
  static long ofHashedTraceId(ByteRange id, int seed) {
    return isAbsent(id) ? NONE : ofHash(id.bytes(), id.offset(), id.length(), seed);
  }

  private static boolean isAbsent(ByteRange id) {
    if (id.length() != TRACE_ID_BYTES) {
      return true;
    }
    for (int i = 0; i < TRACE_ID_BYTES; i++) {
      if (id.bytes()[id.offset() + i] != 0) {
        return false;
      }
    }
    return true;
  }

  static long ofHash(byte[] bytes, int offset, int length, int seed) {
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
  static long hashThreshold(float percentage) {
    int rate = (int) (percentage * (BUCKETS / 100f));
    return (BUCKETS - (long) rate) << 42;
  }
}
