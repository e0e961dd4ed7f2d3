package io.millrace.exporter.sending;

import io.millrace.wire.ByteAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/** Compresses messages in Snappy's block format, and keeps its buffer. Confined to one thread. */
public final class SnappyBlock {
  private byte[] compressed = {};

  /** Returns the message compressed, in an array of its exact size. */
  public byte[] compress(ByteAppender message) {
    int bound = Snappy.maxCompressedLength(message.length());
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    try {
      int length = Snappy.compress(message.bytes(), 0, message.length(), compressed, 0);
      return Arrays.copyOf(compressed, length);
    } catch (IOException e) { // memory does not fail
      throw new UncheckedIOException(e);
    }
  }

  /** What it holds in memory, in bytes. */
  public int bytesHeld() {
    return compressed.length;
  }
}
