package io.millrace.exporter.otlphttp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Collects what is written, up to a bound. Confined to one thread. */
final class BoundedBuffer extends OutputStream {
  private static final int CAPACITY_MIN = 256;

  private final int bytesMax;
  private byte[] bytes;
  private int length;

  /** Starts empty, with room for {@code capacity} bytes unless that is beyond the bound. */
  BoundedBuffer(int capacity, int bytesMax) {
    this.bytesMax = bytesMax;
    bytes = new byte[Math.clamp(capacity, CAPACITY_MIN, bytesMax)];
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, source.length);
    if (count > bytesMax - length) {
      throw new IOException("body: over " + bytesMax + " bytes (expected: at most that)");
    }
    if (count > bytes.length - length) {
      int larger = Math.min(bytesMax, bytes.length + (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, Math.max(larger, length + count));
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Returns what was written; the buffer's own array. */
  RequestBody body() {
    return new RequestBody(bytes, 0, length);
  }
}
