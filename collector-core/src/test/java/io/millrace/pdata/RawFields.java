package io.millrace.pdata;

import java.io.ByteArrayOutputStream;

/** Length-delimited fields put together by hand, from the inside out. */
final class RawFields {
  private RawFields() {}

  /** Returns tag, length and content of a field; the parts of the content follow each other. */
  static byte[] field(int number, byte[]... content) {
    byte[] inside = concat(content);
    return concat(varint(((long) number << 3) | 2), varint(inside.length), inside);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((int) (rest & 0x7f) | 0x80);
    }
    out.write((int) rest);
    return out.toByteArray();
  }
}
