package io.millrace.transport;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * How a body is compressed. Bodies are read as streams, so that whoever reads counts and stops.
 * Immutable.
 */
public enum ContentEncoding {
  IDENTITY,
  GZIP,
  /** With the header of zlib, as HTTP means it, or without, as some senders understand it. */
  DEFLATE,
  /** With a window of at most 8 MiB, which every decoder has to bear. */
  ZSTD,
  /** In frames, whose blocks have at most 4 MiB. */
  LZ4,
  /** Framed, or one block, which has no stream and says its length in front. */
  SNAPPY;

  /** What senders are told. */
  public static final String EXPECTED = "gzip, zstd, zlib, deflate, snappy, lz4 or none";

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int ZSTD_WINDOW_LOG_MAX = 23;
  private static final byte[] SNAPPY_FRAMED = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  /** Returns the encoding of that name in a header, or null; an empty name is none. */
  public static @Nullable ContentEncoding of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip" -> GZIP;
      case "zlib", "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      case "lz4" -> LZ4;
      case "snappy", "x-snappy-framed" -> SNAPPY;
      default -> null;
    };
  }

  /** Returns whether a body has no stream; {@link #blockLength} and {@link #readBlock} read it. */
  public boolean isBlock(byte[] body) {
    return this == SNAPPY
        && !Arrays.equals(body, 0, Math.min(body.length, 10), SNAPPY_FRAMED, 0, 10);
  }

  /**
   * Returns the length that a block says it has.
   *
   * @throws MalformedWireException when there is none
   */
  public static long blockLength(byte[] block) {
    return new WireReader().wrap(block, 0, block.length).readVarint64();
  }

  /**
   * Decompresses a block into an array of exactly {@link #blockLength}.
   *
   * @throws IOException when it is damaged
   */
  public static void readBlock(byte[] block, byte[] target) throws IOException {
    if (Snappy.uncompress(block, 0, block.length, target, 0) != target.length) {
      throw new IOException("snappy: block is shorter than it says");
    }
  }

  /**
   * Returns what the body decompresses to; it must be closed.
   *
   * @throws IOException when it is damaged, now or while it is read
   */
  public InputStream decoder(byte[] body) throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    return this == DEFLATE ? new InflatedStream(in, new Inflater(!isZlib(body))) : decoder(in);
  }

  /**
   * Returns what a stream decompresses to; it must be closed. A {@link #DEFLATE} one has the header
   * of zlib, a {@link #SNAPPY} one is framed.
   *
   * @throws IOException when it is damaged, now or while it is read
   */
  public InputStream decoder(InputStream in) throws IOException {
    return switch (this) {
      case IDENTITY -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
      case DEFLATE -> new InflatedStream(in, new Inflater());
      case ZSTD ->
          new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE)
              .setLongMax(ZSTD_WINDOW_LOG_MAX);
      case LZ4 ->
          new LZ4FrameInputStream(
              in,
              LZ4Factory.safeInstance().safeDecompressor(),
              XXHashFactory.safeInstance().hash32());
      case SNAPPY -> new SnappyFramedStream(in);
    };
  }

  /** Source: RFC 1950, section 2.2. */
  private static boolean isZlib(byte[] body) {
    return body.length > 1
        && (body[0] & 0x0f) == 8
        && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
  }

  /** Frees the inflater that was made for it. */
  private static final class InflatedStream extends InflaterInputStream {
    InflatedStream(InputStream in, Inflater inflater) {
      super(in, inflater, BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
