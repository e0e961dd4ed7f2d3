package io.millrace.transport.json;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.wire.WireWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf front to back although a message's length is known only at its end: one byte is
 * left for it, and what was written is moved when that is not enough, which in a request happens
 * once for each level of large messages.
 *
 * <p>Every growth is reserved first. Whoever is done or gives up calls {@link #release()}. Confined
 * to one thread.
 */
final class MessageBuffer {
  private static final int CAPACITY_MIN = 256;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBudget budget;
  private final int bytesMax;
  private byte[] bytes = new byte[0];
  private int length;

  MessageBuffer(ByteBudget budget, int bytesMax) {
    this.budget = budget;
    this.bytesMax = bytesMax;
  }

  int length() {
    return length;
  }

  /** Begins a message; returns what {@link #end} wants. */
  int begin(int tag) {
    varint(Integer.toUnsignedLong(tag));
    reserve(1);
    return ++length;
  }

  /** Ends the message that {@link #begin} began. */
  void end(int start) {
    int size = length - start;
    int lengthSize = WireWriter.varintSize(size);
    if (lengthSize > 1) {
      reserve(lengthSize - 1);
      System.arraycopy(bytes, start, bytes, start + lengthSize - 1, size);
    }
    length = start - 1;
    varint(size);
    length += size;
  }

  void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  void fixed32(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void fixed64(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void put(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
  }

  /** Writes a text as UTF-8; half of a surrogate pair becomes {@code ?}. */
  void text(char[] chars, int offset, int count) {
    reserve(Math.multiplyExact(count, 3));
    int end = offset + count;
    for (int at = offset; at < end; at++) {
      char c = chars[at];
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xc0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xe0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (at + 1 < end && Character.isSurrogatePair(c, chars[at + 1])) {
        supplementary(Character.toCodePoint(c, chars[++at]));
      } else {
        bytes[length++] = '?';
      }
    }
  }

  private void supplementary(int codePoint) {
    bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  /** Returns an exactly sized copy, for which the caller has reserved. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets what was written and gives its bytes back. May be called twice. */
  void release() {
    budget.release(bytes.length);
    bytes = new byte[0];
    length = 0;
  }

  private void reserve(int count) {
    long needed = (long) length + count;
    if (needed <= bytes.length) {
      return;
    }
    if (length > bytesMax) {
      throw new JsonFaultException(BodyFault.TOO_LARGE);
    }
    long larger = Math.max(needed, Math.max(CAPACITY_MIN, bytes.length + (bytes.length >> 1)));
    grow((int) Math.min(larger, Integer.MAX_VALUE - 8));
  }

  /** Old and new array stand beside each other for a moment. */
  private void grow(int capacity) {
    if (!budget.tryReserve(capacity)) {
      throw new JsonFaultException(BodyFault.NO_ROOM);
    }
    int old = bytes.length;
    bytes = Arrays.copyOf(bytes, capacity);
    budget.release(old);
  }
}
