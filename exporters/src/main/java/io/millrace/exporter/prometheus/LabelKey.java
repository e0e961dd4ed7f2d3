package io.millrace.exporter.prometheus;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * Labels as the key of a map. One that looks something up borrows its bytes and is moved; one that
 * is stored is a {@link #copy}. Confined to one thread until stored.
 */
final class LabelKey {
  private byte[] bytes = {};
  private int length;
  private int hash;

  LabelKey wrap(ByteAppender labels, long labelsHash) {
    bytes = labels.bytes();
    length = labels.length();
    hash = Long.hashCode(labelsHash);
    return this;
  }

  LabelKey copy() {
    LabelKey copy = new LabelKey();
    copy.bytes = Arrays.copyOf(bytes, length);
    copy.length = length;
    copy.hash = hash;
    return copy;
  }

  /** The array of a {@link #copy}, which is all of the labels. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelKey key
        && key.hash == hash
        && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
