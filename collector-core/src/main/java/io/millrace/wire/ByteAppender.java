package io.millrace.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array that is written front to back: texts, and messages whose sizes are known before
 * they are written, or whose lengths may take four bytes; {@link WireWriter} is for the rest.
 *
 * <p>The array is lent by {@link #bytes()} until the next write, which may replace it; one that was
 * replaced keeps what it holds. Reusable through {@link #truncate} and {@link #reset}. Confined to
 * one thread.
 */
public final class ByteAppender {
  /** What {@link #beginMessage} leaves room for. */
  public static final int MESSAGE_LENGTH_BYTES = 4;

  private static final int CAPACITY = 256;

  /** A larger array is not kept by {@link #reset}. */
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private static final int VARINT_BYTES_MAX = 10;
  private static final int DECIMAL_BYTES_MAX = 20;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;

  /** Starts empty with room for a few bytes. */
  public ByteAppender() {
    this(CAPACITY);
  }

  /** Starts empty with room for {@code capacity} bytes. */
  public ByteAppender(int capacity) {
    bytes = new byte[capacity];
  }

  /** The array whose first {@link #length()} bytes were written. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Forgets everything behind the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  /** Forgets everything, and an array of unusual size as well. */
  public void reset() {
    length = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[CAPACITY];
    }
  }

  public void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  public void put(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Writes a text of ASCII characters only. */
  public void putAscii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  public void putDecimal(long value) {
    if (value == Long.MIN_VALUE) {
      putAscii("-9223372036854775808");
      return;
    }
    reserve(DECIMAL_BYTES_MAX);
    long rest = Math.abs(value);
    int end = length + digits(rest) + (value < 0 ? 1 : 0);
    bytes[length] = '-';
    length = end;
    do {
      bytes[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  public void putVarint(long value) {
    reserve(VARINT_BYTES_MAX);
    byte[] to = bytes;
    int at = length;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    length = at;
  }

  /** Writes a field whose value is a varint. */
  public void putVarintField(int tag, long value) {
    putVarint(tag & 0xffff_ffffL);
    putVarint(value);
  }

  /** Writes a field whose value has eight bytes: a fixed64, or the bits of a double. */
  public void putFixed64Field(int tag, long value) {
    putVarint(tag & 0xffff_ffffL);
    putFixed64(value);
  }

  /** Writes a string, bytes or message field. */
  public void putBytesField(int tag, byte[] source, int offset, int count) {
    putVarint(tag & 0xffff_ffffL);
    putVarint(count);
    put(source, offset, count);
  }

  /** Writes eight bytes, least significant first. */
  public void putFixed64(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  /**
   * Leaves room for the length of a message that is written next, whose tag was written before.
   *
   * @return what {@link #endMessage} wants
   */
  public int beginMessage() {
    int start = length;
    putVarint(0xfff_ffffL);
    return start;
  }

  /**
   * Sets the length of the message that {@link #beginMessage} began: four bytes whatever it is,
   * which protobuf reads as well as the usual ones.
   *
   * @throws IllegalStateException if the message has 256 MiB or more
   */
  public void endMessage(int start) {
    int size = length - start - MESSAGE_LENGTH_BYTES;
    if (size >> 28 != 0) {
      throw new IllegalStateException("message: " + size + " bytes (expected: < 2^28)");
    }
    bytes[start] = (byte) (size | 0x80);
    bytes[start + 1] = (byte) ((size >>> 7) | 0x80);
    bytes[start + 2] = (byte) ((size >>> 14) | 0x80);
    bytes[start + 3] = (byte) (size >>> 21);
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }
}
