package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.pdata.ByteRange;
import io.millrace.wire.ByteAppender;

/**
 * Structured metadata of an entry, or the part of it that a resource or scope gives, as it goes
 * over the wire: a field of the entry for each pair. Reusable. Confined to one thread.
 */
final class StructuredMetadata implements PairSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final ByteAppender out = new ByteAppender(512);
  private final ByteAppender number = new ByteAppender(32);

  void clear() {
    out.truncate(0);
  }

  byte[] bytes() {
    return out.bytes();
  }

  int length() {
    return out.length();
  }

  @Override
  public void pair(ByteAppender name, byte[] value, int offset, int length) {
    put(name.bytes(), name.length(), value, offset, length);
  }

  /** Adds a text unless it is empty. */
  void text(byte[] name, ByteRange value) {
    if (!value.isEmpty()) {
      put(name, name.length, value.bytes(), value.offset(), value.length());
    }
  }

  void decimal(byte[] name, long value) {
    number.truncate(0);
    number.putDecimal(value);
    put(name, name.length, number.bytes(), 0, number.length());
  }

  /** Adds an id in hexadecimal digits unless it is empty or zero, which is none. */
  void id(byte[] name, ByteRange value) {
    number.truncate(0);
    boolean isZero = true;
    for (int i = value.offset(); i < value.offset() + value.length(); i++) {
      byte part = value.bytes()[i];
      isZero &= part == 0;
      number.put(HEX[(part >> 4) & 15]);
      number.put(HEX[part & 15]);
    }
    if (!isZero) {
      put(name, name.length, number.bytes(), 0, number.length());
    }
  }

  private void put(byte[] name, int nameLength, byte[] value, int offset, int length) {
    int size =
        1 + PushTags.varintSize(nameLength) + nameLength + 1 + PushTags.varintSize(length) + length;
    out.put(PushTags.STRUCTURED_METADATA);
    out.putVarint(size);
    out.put(PushTags.NAME);
    out.putVarint(nameLength);
    out.put(name, 0, nameLength);
    out.put(PushTags.VALUE);
    out.putVarint(length);
    out.put(value, offset, length);
  }
}
