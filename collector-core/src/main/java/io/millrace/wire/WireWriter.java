package io.millrace.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf back to front: the last field first, a message's content before its length.
 *
 * <p>So a length is known when it is written, and no pass for sizes is needed.
 *
 * <pre>{@code
 *        free              written
 *   [............|value|tag|value|tag|......]
 *                ^ next write goes in front
 *
 * int mark = out.mark();
 * out.writeString(KeyValue.KEY, "k"); // last field of the message first
 * out.endMessage(Span.ATTRIBUTES, mark);
 * }</pre>
 *
 * <p>The array doubles when it is full; a writer made with the exact size never copies. Confined to
 * one thread.
 */
public final class WireWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int position;

  /** Starts empty with room for {@code capacity} bytes. */
  public WireWriter(int capacity) {
    bytes = new byte[capacity];
    position = capacity;
  }

  /** Returns how many bytes {@code value} takes as a varint, 1 to 10. */
  public static int varintSize(long value) {
    // A seventh of the bits, rounded up: nine sixty-fourths are near enough, and no division.
    return (640 - 9 * Long.numberOfLeadingZeros(value | 1)) >>> 6;
  }

  /** Forgets what was written and keeps the array. */
  public void reset() {
    position = bytes.length;
  }

  /** Returns the number of bytes written so far. */
  public int length() {
    return bytes.length - position;
  }

  /** Returns the place where a message ends, for {@link #endMessage}. */
  public int mark() {
    return length();
  }

  /** Puts tag and length in front of everything written since {@code mark}. */
  public void endMessage(int tag, int mark) {
    writeVarint(length() - mark);
    writeVarint(tag & 0xffff_ffffL);
  }

  public void writeVarint64(int tag, long value) {
    writeVarint(value);
    writeVarint(tag & 0xffff_ffffL);
  }

  public void writeFixed32(int tag, int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, position, value);
    writeVarint(tag & 0xffff_ffffL);
  }

  public void writeFixed64(int tag, long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, position, value);
    writeVarint(tag & 0xffff_ffffL);
  }

  public void writeBytes(int tag, byte[] source, int offset, int length) {
    writeRaw(source, offset, length);
    writeVarint(length);
    writeVarint(tag & 0xffff_ffffL);
  }

  public void writeString(int tag, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    writeBytes(tag, utf8, 0, utf8.length);
  }

  /** Puts bytes in front as they are: whole fields, or the content of a message to be ended. */
  public void writeRaw(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, position, length);
  }

  /** Puts a value in front without a tag: one of a packed field to be ended like a message. */
  public void writePacked(long value) {
    writeVarint(value);
  }

  /** Does the same with a value of eight bytes. */
  public void writePackedFixed64(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, position, value);
  }

  /** Appends a copy of what was written. */
  public void appendTo(ByteAppender out) {
    out.put(bytes, position, length());
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, position, bytes.length);
  }

  /**
   * Gives away what was written: the array itself when it is exactly full, else a copy. The writer
   * is empty afterwards and shares nothing with the result.
   */
  public byte[] take() {
    byte[] taken = position == 0 ? bytes : toByteArray();
    if (position == 0) {
      bytes = new byte[0];
    }
    reset();
    return taken;
  }

  private void writeVarint(long value) {
    int size = varintSize(value);
    reserve(size);
    int at = position;
    long rest = value;
    for (int i = 1; i < size; i++) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at] = (byte) rest;
  }

  private void reserve(int length) {
    if (length > position) {
      grow(length);
    }
    position -= length;
  }

  private void grow(int length) {
    int written = length();
    int capacity =
        Math.max(
            Math.addExact(written, length), (int) Math.min(2L * written, Integer.MAX_VALUE - 8));
    byte[] larger = new byte[capacity];
    System.arraycopy(bytes, position, larger, capacity - written, written);
    bytes = larger;
    position = capacity - written;
  }
}
