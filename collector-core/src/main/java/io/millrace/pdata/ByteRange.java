package io.millrace.pdata;

import io.millrace.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stretch of an array: the content of a string, bytes or message field, lent by the view that
 * found it until the view moves on. Confined to one thread.
 */
public final class ByteRange implements View {
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  /** Length in bytes. */
  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Returns whether the range holds exactly {@code content}. */
  public boolean contentEquals(byte[] content) {
    return Arrays.equals(bytes, offset, offset + length, content, 0, content.length);
  }

  public byte[] copy() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Returns the text of a string field; allocates. */
  public String utf8() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  void clear() {
    length = 0;
  }

  /** Takes the field value at the cursor and moves the cursor over it; the last value counts. */
  void read(WireReader in, byte[] source) {
    int size = in.readLength();
    wrap(source, in.position(), size);
    in.advance(size);
  }

  /** Takes one part of a singular message and moves the cursor over it; all parts count. */
  void merge(WireReader in, byte[] source) {
    if (length == 0) {
      read(in, source);
      return;
    }
    int size = in.readLength();
    byte[] joined = Arrays.copyOfRange(bytes, offset, Math.addExact(offset + length, size));
    System.arraycopy(source, in.position(), joined, length, size);
    in.advance(size);
    wrap(joined, 0, joined.length);
  }
}
