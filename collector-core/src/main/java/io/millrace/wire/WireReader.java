package io.millrace.wire;

import static io.millrace.wire.WireType.END_GROUP;
import static io.millrace.wire.WireType.FIXED32;
import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.START_GROUP;
import static io.millrace.wire.WireType.VARINT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A cursor over the fields of a protobuf message; the owner of every bounds check.
 *
 * <p>Reads what protobuf-java reads: varints of up to 10 bytes however padded, unknown fields and
 * groups, messages and groups nested {@value #NESTING_MAX} deep together. It differs where parsers
 * disagree with each other: a tag of more than 32 bits and a length of more than 31 are malformed
 * here, while protobuf-java drops the upper bits. Whatever is wrong is a {@link
 * MalformedWireException}; the cursor must be wrapped anew afterwards.
 *
 * <pre>{@code
 * for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
 *   switch (tag) {
 *     case Span.KIND -> kind = in.readVarint32();
 *     case Span.STATUS -> {
 *       int outer = in.enterMessage();
 *       ...
 *       in.leaveMessage(outer);
 *     }
 *     default -> in.skip(tag);
 *   }
 * }
 * }</pre>
 *
 * <p>Reusable through {@link #wrap}; allocates nothing unless it throws. Confined to one thread.
 */
public final class WireReader {
  /** Messages and groups inside the wrapped range may nest this deep, as in protobuf-java. */
  public static final int NESTING_MAX = 100;

  private static final int VARINT_BYTES_MAX = 10;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int origin;
  private int position;
  private int limit;
  private int nesting;

  /**
   * Starts over at a range, which is read as the fields of one message.
   *
   * @throws IndexOutOfBoundsException when the range is not inside the array
   */
  public WireReader wrap(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    origin = offset;
    position = offset;
    limit = offset + length;
    nesting = 0;
    return this;
  }

  /** Returns the index in the array of the next byte to read. */
  public int position() {
    return position;
  }

  /** Returns the index in the array of the first byte behind the current message. */
  public int limit() {
    return limit;
  }

  /**
   * Returns the next tag, field number and wire type in one, or 0 at the end of the current
   * message. The wire type may be one that does not exist; {@link #skip} finds out.
   */
  public int readTag() {
    int at = position;
    if (at < limit) {
      int tag = bytes[at];
      if (tag >= 1 << 3) {
        position = at + 1;
        return tag;
      }
    }
    return readLongTag();
  }

  /** Returns the next varint. */
  public long readVarint64() {
    int at = position;
    if (at < limit) {
      int value = bytes[at];
      if (value >= 0) {
        position = at + 1;
        return value;
      }
    }
    return readLongVarint();
  }

  /** Returns the low 32 bits of the next varint, as protobuf reads 32-bit integers and enums. */
  public int readVarint32() {
    return (int) readVarint64();
  }

  /** Returns the next varint as protobuf reads {@code sint32}, small for small negative numbers. */
  public int readSint32() {
    int encoded = readVarint32();
    return (encoded >>> 1) ^ -(encoded & 1);
  }

  /** Returns the next four bytes, least significant first. */
  public int readFixed32() {
    int at = position;
    advance(Integer.BYTES);
    return (int) INT.get(bytes, at);
  }

  /** Returns the next eight bytes, least significant first. */
  public long readFixed64() {
    int at = position;
    advance(Long.BYTES);
    return (long) LONG.get(bytes, at);
  }

  /**
   * Returns the length of the string, bytes, packed array or message whose content starts at {@link
   * #position()} from now on; so many bytes are there.
   */
  public int readLength() {
    int at = position;
    if (limit - at > 1) {
      int length = bytes[at++];
      if (length < 0) {
        length = (length & 0x7f) | (bytes[at++] << 7);
      }
      if (length >= 0 && length <= limit - at) {
        position = at;
        return length;
      }
    }
    return readLongLength();
  }

  /**
   * Moves over the message that follows, and over those behind it with the same tag, as long as
   * each is a plain pair: a key of text and one value, a text or a number; text all ASCII, every
   * length and tag of one byte. What was moved over needs no further check.
   *
   * <p>This is the fast lane for attributes, of which telemetry mostly consists. Whoever gets
   * {@code false} reads the message that follows field by field.
   *
   * @param fieldTag of the messages; the cursor stands behind the first of them
   * @param keyTag of the key in the pair, a string
   * @param valueTag of the value in the pair, a message
   * @param stringTag of the value's member that is a string
   * @return whether the cursor has moved, by one message or more
   */
  public boolean skipPlainPairs(int fieldTag, int keyTag, int valueTag, int stringTag) {
    int next = PlainPair.end(bytes, position, limit, keyTag, valueTag, stringTag);
    if (next < 0 || nesting > NESTING_MAX - PlainPair.NESTING) {
      return false;
    }
    int behind = next;
    while (next >= 0) {
      behind = next;
      next =
          behind < limit && bytes[behind] == fieldTag
              ? PlainPair.end(bytes, behind + 1, limit, keyTag, valueTag, stringTag)
              : PlainPair.NONE;
    }
    position = behind;
    return true;
  }

  /** Moves over {@code length} bytes. */
  public void advance(int length) {
    if (length < 0 || length > limit - position) {
      throw tooLong(length);
    }
    position += length;
  }

  /**
   * Reads a length and narrows the cursor to the message that follows.
   *
   * @return what {@link #leaveMessage} wants
   */
  public int enterMessage() {
    int start = position;
    int length = readLength();
    nest(start);
    int outerLimit = limit;
    limit = position + length;
    return outerLimit;
  }

  /** Ends the message that {@link #enterMessage} began; whatever is left of it is not read. */
  public void leaveMessage(int outerLimit) {
    position = limit;
    limit = outerLimit;
    nesting--;
  }

  /** Moves over the value of a field, groups with all they hold. */
  public void skip(int tag) {
    switch (WireType.of(tag)) {
      case VARINT -> readVarint64();
      case FIXED64 -> advance(Long.BYTES);
      case LENGTH_DELIMITED -> advance(readLength());
      case START_GROUP -> skipGroup(tag);
      case FIXED32 -> advance(Integer.BYTES);
      case END_GROUP ->
          throw malformed(
              position - 1, "end of group " + field(tag) + " (expected: one that began)");
      default ->
          throw malformed(
              position - 1,
              "wire type " + WireType.of(tag) + " of field " + field(tag) + " (expected: 0 to 5)");
    }
  }

  /**
   * Returns an exception for the element that starts at {@code at}, an index in the array; where
   * the current message ends before it, for the message's last byte.
   */
  public MalformedWireException malformed(int at, String fault) {
    int inside = Math.max(origin, Math.min(at, limit - 1));
    return new MalformedWireException(inside - origin, fault);
  }

  private void skipGroup(int startTag) {
    int start = position;
    nest(start);
    int endTag = startTag - START_GROUP + END_GROUP;
    for (int tag = readTag(); tag != endTag; tag = readTag()) {
      if (tag == 0) {
        throw malformed(
            start, "end of the message (expected: end of group " + field(startTag) + ")");
      }
      skip(tag);
    }
    nesting--;
  }

  private void nest(int start) {
    if (++nesting > NESTING_MAX) {
      throw malformed(start, "nesting: " + nesting + " (expected: <= " + NESTING_MAX + ")");
    }
  }

  private int readLongTag() {
    int start = position;
    if (start == limit) {
      return 0;
    }
    long tag = readLongVarint();
    if (tag >>> 32 != 0 || tag >>> 3 == 0) {
      throw malformed(
          start,
          "tag: " + Long.toUnsignedString(tag) + " (expected: a field number of 1 to 536870911)");
    }
    return (int) tag;
  }

  private int readLongLength() {
    int start = position;
    long length = readLongVarint();
    if (length < 0 || length > left()) {
      throw malformed(
          start, "length: " + Long.toUnsignedString(length) + " (expected: <= " + left() + ")");
    }
    return (int) length;
  }

  private long readLongVarint() {
    int start = position;
    int end = start + Math.min(left(), VARINT_BYTES_MAX);
    long value = 0;
    int shift = 0;
    for (int at = start; at < end; at++) {
      byte part = bytes[at];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        position = at + 1;
        return value;
      }
      shift += 7;
    }
    throw malformed(
        start,
        "varint without an end in "
            + (end - start)
            + " bytes (expected: <= "
            + VARINT_BYTES_MAX
            + " bytes, inside the message)");
  }

  private MalformedWireException tooLong(int length) {
    return malformed(position, "value of " + length + " bytes (expected: <= " + left() + ")");
  }

  private int left() {
    return limit - position;
  }

  private static int field(int tag) {
    return WireType.fieldNumber(tag);
  }
}
