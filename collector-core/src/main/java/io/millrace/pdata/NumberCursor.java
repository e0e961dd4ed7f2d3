package io.millrace.pdata;

import io.millrace.wire.WireReader;
import io.millrace.wire.WireType;

/**
 * Walks the values of one repeated number field, which may be packed, unpacked, or in several runs
 * of both.
 *
 * <p>The accessor that hands it out puts it in front of the first value.
 *
 * <pre>{@code
 * NumberCursor counts = point.bucketCounts();
 * while (counts.next()) {
 *   ... counts.longValue() ...
 * }
 * }</pre>
 *
 * <p>Belongs to its view and moves with it. Confined to one thread.
 */
public final class NumberCursor {
  private static final int NOT_IN_RUN = -1;

  private final WireReader in = new WireReader();
  private final int packedTag;
  private final int unpackedTag;
  private final boolean varint;
  private byte[] bytes = new byte[0];
  private int first;
  private int end;
  private int outerLimit = NOT_IN_RUN;
  private long value;

  NumberCursor(int packedTag, int unpackedTag) {
    this.packedTag = packedTag;
    this.unpackedTag = unpackedTag;
    varint = WireType.of(unpackedTag) == WireType.VARINT;
  }

  /** Moves to the next value, or returns {@code false} when there is none. */
  public boolean next() {
    while (true) {
      if (outerLimit != NOT_IN_RUN) {
        if (in.position() < in.limit()) {
          return read();
        }
        in.leaveMessage(outerLimit);
        outerLimit = NOT_IN_RUN;
      }
      int tag = in.readTag();
      if (tag == 0) {
        return false;
      }
      if (tag == unpackedTag) {
        return read();
      }
      if (tag == packedTag) {
        outerLimit = in.enterMessage();
      } else {
        in.skip(tag);
      }
    }
  }

  /** The current value of an integer field. */
  public long longValue() {
    return value;
  }

  /** The current value of a double field. */
  public double doubleValue() {
    return Double.longBitsToDouble(value);
  }

  /** Counts the values by a walk and puts the cursor in front of the first one. */
  public int size() {
    rewind();
    int size = 0;
    while (next()) {
      size++;
    }
    rewind();
    return size;
  }

  private boolean read() {
    value = varint ? in.readVarint64() : in.readFixed64();
    return true;
  }

  /** Forgets everything; values in {@code source} are to be {@linkplain #add added}. */
  void clear(byte[] source) {
    bytes = source;
    first = 0;
    end = 0;
  }

  /**
   * Takes note of a value or a packed run and moves {@code fields} over it.
   *
   * @param start index of its tag
   */
  void add(int start, int tag, WireReader fields) {
    fields.skip(tag);
    if (first == end) {
      first = start;
    }
    end = fields.position();
  }

  /** Puts the cursor in front of the first value. */
  NumberCursor rewind() {
    in.wrap(bytes, first, end - first);
    outerLimit = NOT_IN_RUN;
    return this;
  }
}
