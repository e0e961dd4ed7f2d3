package io.millrace.processor.probability;

import io.millrace.pdata.ByteRange;

/** Randomness of consistent probability sampling: 56 bits that a whole trace shares. Stateless. */
public final class Randomness {
  /** Kept at every probability but none; also what stands in for randomness that is missing. */
  public static final long MAX = Threshold.NEVER - 1;

  /** Stands for the absence of randomness. */
  public static final long NONE = -1;

  private static final int TRACE_ID_BYTES = 16;

  private Randomness() {}

  /** Returns the lower 56 bits of the trace id; {@link #NONE} when it is absent or all zero. */
  public static long ofTraceId(ByteRange id) {
    if (isAbsent(id)) {
      return NONE;
    }
    long value = 0;
    for (int i = TRACE_ID_BYTES - Long.BYTES; i < TRACE_ID_BYTES; i++) {
      value = (value << 8) | (id.bytes()[id.offset() + i] & 0xff);
    }
    return ofTraceId(value);
  }

  /** Returns the lower 56 bits of the trace id, given its lower half. */
  public static long ofTraceId(long idLow) {
    return idLow & MAX;
  }

  /** Returns whether the trace id is missing, which all zero means, too. */
  public static boolean isAbsent(ByteRange id) {
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
}
