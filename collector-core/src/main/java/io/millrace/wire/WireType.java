package io.millrace.wire;

/**
 * The wire types of protobuf, the low three bits of a tag. Immutable.
 *
 * <pre>
 *   tag = (field number << 3) | wire type
 * </pre>
 */
public final class WireType {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH_DELIMITED = 2;
  public static final int START_GROUP = 3;
  public static final int END_GROUP = 4;
  public static final int FIXED32 = 5;

  private WireType() {}

  /** Returns the wire type of a tag; 6 and 7 exist in damaged bytes only. */
  public static int of(int tag) {
    return tag & 7;
  }

  /** Returns the field number of a tag, 1 to 2^29 - 1. */
  public static int fieldNumber(int tag) {
    return tag >>> 3;
  }
}
