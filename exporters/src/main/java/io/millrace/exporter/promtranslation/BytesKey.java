package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;

/**
 * Bytes as the key of a map. One that looks something up borrows its bytes and is moved from
 * look-up to look-up; one that is stored owns a {@link #copy}. Confined to one thread.
 */
final class BytesKey {
  private byte[] bytes = {};
  private int offset;
  private int length;
  private int hash;

  BytesKey wrap(byte[] bytes, int offset, int length, int salt) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    hash = Long.hashCode(Hashes.of(bytes, offset, length) + salt);
    return this;
  }

  BytesKey wrap(ByteRange range, int salt) {
    return wrap(range.bytes(), range.offset(), range.length(), salt);
  }

  BytesKey copy() {
    BytesKey copy = new BytesKey();
    copy.bytes = Arrays.copyOfRange(bytes, offset, offset + length);
    copy.length = length;
    copy.hash = hash;
    return copy;
  }

  int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesKey key
        && key.hash == hash
        && Arrays.equals(
            bytes, offset, offset + length, key.bytes, key.offset, key.offset + key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
