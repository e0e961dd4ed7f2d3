package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A header below something: what tells two resources or scopes apart. Looks things up over borrowed
 * bytes; immutable once it is {@linkplain #keep() kept}.
 */
final class HeaderKey {
  /** What an entry of a map takes beside the header, roughly. */
  private static final int ENTRY_BYTES = 256;

  private final Object parent;
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final int hash;

  private HeaderKey(Object parent, byte[] bytes, int offset, int length, int hash) {
    this.parent = parent;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.hash = hash;
  }

  /** Returns a key over the header, good until it moves. */
  static HeaderKey of(Object parent, ByteRange header) {
    byte[] bytes = header.bytes();
    int hash = parent.hashCode();
    for (int i = header.offset(); i < header.offset() + header.length(); i++) {
      hash = 31 * hash + bytes[i];
    }
    return new HeaderKey(parent, bytes, header.offset(), header.length(), hash);
  }

  /** Returns the key over a copy of the header. */
  HeaderKey keep() {
    return new HeaderKey(
        parent, Arrays.copyOfRange(bytes, offset, offset + length), 0, length, hash);
  }

  /** The header of a key that was kept. */
  byte[] header() {
    return bytes;
  }

  long memoryBytes() {
    return (long) ENTRY_BYTES + length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HeaderKey key
        && hash == key.hash
        && parent.equals(key.parent)
        && Arrays.equals(
            bytes, offset, offset + length, key.bytes, key.offset, key.offset + key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
