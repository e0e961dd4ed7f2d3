package io.millrace.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf front to back, where every length is known beforehand; {@link WireWriter} is for
 * the rest.
 *
 * <p>What was appended lies at its index in {@link #bytes()}, which is another array after it had
 * to grow; an array that was replaced keeps what it holds. Confined to one thread.
 */
public final class WireAppender {
  private static final int CAPACITY = 256;
  private static final int VARINT_BYTES_MAX = 10;

  /** A larger array is not kept for the next use. */
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[CAPACITY];
  private int length;

  /** Forgets what was appended; its bytes will be overwritten. */
  public void reset() {
    length = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[CAPACITY];
    }
  }

  /** The array that holds what was appended, from index 0 on. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes appended. */
  public int length() {
    return length;
  }

  /** Appends a varint: a length, a tag, or a number without its tag. */
  public void varint(long value) {
    reserve(VARINT_BYTES_MAX);
    byte[] to = bytes;
    int at = length;
    long rest = value;
    while ((rest & ~0x7f) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    length = at;
  }

  /** Appends bytes as they are. */
  public void raw(byte[] source, int offset, int size) {
    reserve(size);
    System.arraycopy(source, offset, bytes, length, size);
    length += size;
  }

  public void varintField(int tag, long value) {
    varint(tag & 0xffff_ffffL);
    varint(value);
  }

  public void fixed64Field(int tag, long value) {
    varint(tag & 0xffff_ffffL);
    reserve(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Appends a string, bytes or message field. */
  public void bytesField(int tag, byte[] source, int offset, int size) {
    varint(tag & 0xffff_ffffL);
    varint(size);
    raw(source, offset, size);
  }

  private void reserve(int size) {
    if (size > bytes.length - length) {
      int needed = Math.addExact(length, size);
      int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }
}
