package io.millrace.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.xerial.snappy.Snappy;

/**
 * Reads snappy's framed form.
 *
 * <p>A chunk holds at most 64 KiB, as the format says. The library's own stream takes any, and
 * allocates by what the chunk's header claims, up to 20 times the size of the body.
 *
 * <p>Source: framing_format.txt of snappy. Confined to one thread.
 */
final class SnappyFramedStream extends InputStream {
  private static final byte[] IDENTIFIER = {'s', 'N', 'a', 'P', 'p', 'Y'};
  private static final int COMPRESSED = 0x00;
  private static final int PLAIN = 0x01;
  private static final int SKIPPABLE_MIN = 0x80;
  private static final int STREAM_BEGINS = 0xff;

  private static final int HEADER_BYTES = 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int PLAIN_BYTES_MAX = 64 * 1024;
  private static final int CHUNK_BYTES_MAX =
      CHECKSUM_BYTES + Snappy.maxCompressedLength(PLAIN_BYTES_MAX);

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK_BYTES_MAX];
  private final byte[] plain = new byte[PLAIN_BYTES_MAX];
  private final CRC32C checksum = new CRC32C();
  private boolean hasBegun;
  private int position;
  private int limit;

  SnappyFramedStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(plain, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Returns whether there is a byte to read, after reading as many chunks as that takes. */
  private boolean fill() throws IOException {
    while (position == limit) {
      int read = in.readNBytes(chunk, 0, HEADER_BYTES);
      if (read == 0) {
        return false;
      }
      require(read == HEADER_BYTES, "chunk without a header");
      readChunk(chunk[0] & 0xff, (littleEndian() >>> 8));
    }
    return true;
  }

  private void readChunk(int type, int length) throws IOException {
    require(hasBegun || type == STREAM_BEGINS, "stream without its identifier");
    switch (type) {
      case COMPRESSED -> uncompress(readData(length));
      case PLAIN -> copy(readData(length));
      case STREAM_BEGINS -> begin(length);
      default -> {
        require(type >= SKIPPABLE_MIN, "chunk of unknown type " + type);
        in.skipNBytes(length);
      }
    }
  }

  private void begin(int length) throws IOException {
    require(length == IDENTIFIER.length, "identifier of " + length + " bytes");
    readFully(length);
    require(Arrays.equals(chunk, 0, length, IDENTIFIER, 0, length), "identifier of something else");
    hasBegun = true;
  }

  /** Reads a chunk that begins with its checksum; returns the length of what follows. */
  private int readData(int length) throws IOException {
    require(
        length >= CHECKSUM_BYTES && length <= CHUNK_BYTES_MAX,
        "chunk of " + length + " bytes (expected: 4 to " + CHUNK_BYTES_MAX + ")");
    readFully(length);
    return length - CHECKSUM_BYTES;
  }

  private void uncompress(int length) throws IOException {
    int plainLength = length == 0 ? -1 : Snappy.uncompressedLength(chunk, CHECKSUM_BYTES, length);
    requireSize(plainLength);
    publish(Snappy.uncompress(chunk, CHECKSUM_BYTES, length, plain, 0));
  }

  private void copy(int length) throws IOException {
    requireSize(length);
    System.arraycopy(chunk, CHECKSUM_BYTES, plain, 0, length);
    publish(length);
  }

  private void publish(int length) throws IOException {
    checksum.reset();
    checksum.update(plain, 0, length);
    int sum = (int) checksum.getValue();
    require(((sum >>> 15) | (sum << 17)) + 0xa282ead8 == littleEndian(), "wrong checksum");
    position = 0;
    limit = length;
  }

  private void readFully(int length) throws IOException {
    if (in.readNBytes(chunk, 0, length) != length) {
      throw new EOFException("snappy: chunk is cut short");
    }
  }

  /** Returns the chunk's first four bytes. */
  private int littleEndian() {
    return (chunk[0] & 0xff)
        | ((chunk[1] & 0xff) << 8)
        | ((chunk[2] & 0xff) << 16)
        | ((chunk[3] & 0xff) << 24);
  }

  private static void requireSize(int length) throws IOException {
    require(
        length >= 0 && length <= PLAIN_BYTES_MAX,
        "chunk of " + length + " plain bytes (expected: at most " + PLAIN_BYTES_MAX + ")");
  }

  private static void require(boolean isMet, String fault) throws IOException {
    if (!isMet) {
      throw new IOException("snappy: " + fault);
    }
  }
}
