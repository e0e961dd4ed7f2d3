package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/** A stretch of an array, moved from look-up to look-up. Confined to one thread. */
public final class RangeContent implements TableContent {
  private byte[] bytes = {};
  private int offset;
  private int length;
  private long hash;

  /** Moves to a stretch of which the hash is not known. */
  public RangeContent wrap(byte[] newBytes, int newOffset, int newLength) {
    return wrap(newBytes, newOffset, newLength, Hashes.of(newBytes, newOffset, newLength));
  }

  /** Moves to a stretch with that hash. */
  public RangeContent wrap(byte[] newBytes, int newOffset, int newLength, long newHash) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    hash = newHash;
    return this;
  }

  @Override
  public long hash() {
    return hash;
  }

  @Override
  public boolean contentEquals(byte[] other, int otherOffset, int otherLength) {
    return Arrays.equals(
        bytes, offset, offset + length, other, otherOffset, otherOffset + otherLength);
  }

  @Override
  public void appendTo(ByteAppender out) {
    out.put(bytes, offset, length);
  }
}
