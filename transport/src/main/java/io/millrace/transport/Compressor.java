package io.millrace.transport;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/**
 * Compresses what is sent. Immutable.
 *
 * @param level one of the compression's; 0 for the fastest, because telemetry repeats itself, so
 *     that the slower ones buy little. Of zlib's, -1 is its usual one and -2 looks for no
 *     repetitions
 */
public record Compressor(Compression compression, int level) {
  public static final Compressor NONE = new Compressor(Compression.NONE, 0);
  public static final Compressor GZIP = new Compressor(Compression.GZIP, 0);

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int HUFFMAN_ONLY = -2;
  private static final int ZSTD_LEVEL_MAX = 11;
  private static final long LZ4_UNKNOWN_SIZE = -1;

  public Compressor {
    if (!compression.hasLevel(level)) {
      throw new IllegalArgumentException(
          "level: " + level + " (expected: " + compression.levels() + ")");
    }
  }

  /**
   * Returns a stream that compresses into the target, and must be closed, since it may hold memory
   * that no garbage collection frees; the target is closed with it.
   */
  public OutputStream open(OutputStream target) throws IOException {
    return switch (compression) {
      case NONE -> target;
      case GZIP -> new GzipStream(target, level);
      case ZLIB, DEFLATE -> new ZlibStream(target, level);
      case ZSTD ->
          new ZstdOutputStreamNoFinalizer(
              target, RecyclingBufferPool.INSTANCE, Math.clamp(level, 1, ZSTD_LEVEL_MAX));
      case X_SNAPPY_FRAMED -> new SnappyFramedOutputStream(target);
      case SNAPPY -> new SnappyBlock(target);
      case LZ4 ->
          new LZ4FrameOutputStream(
              target,
              BLOCKSIZE.SIZE_64KB,
              LZ4_UNKNOWN_SIZE,
              LZ4Factory.safeInstance().fastCompressor(),
              XXHashFactory.safeInstance().hash32(),
              FLG.Bits.BLOCK_INDEPENDENCE);
    };
  }

  private static void setLevel(Deflater deflater, int level) {
    if (level == HUFFMAN_ONLY) {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    } else {
      deflater.setLevel(level == 0 ? Deflater.BEST_SPEED : level);
    }
  }

  private static final class GzipStream extends GZIPOutputStream {
    GzipStream(OutputStream target, int level) throws IOException {
      super(target, BUFFER_BYTES);
      setLevel(def, level);
    }
  }

  /** Frees the deflater that was made for it. */
  private static final class ZlibStream extends DeflaterOutputStream {
    ZlibStream(OutputStream target, int level) {
      super(target, new Deflater(), BUFFER_BYTES);
      setLevel(def, level);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        def.end();
      }
    }
  }

  /** Collects the whole, which becomes the block when it is closed. */
  private static final class SnappyBlock extends ByteArrayOutputStream {
    private final OutputStream target;

    SnappyBlock(OutputStream target) {
      this.target = target;
    }

    @Override
    public void close() throws IOException {
      byte[] block = new byte[Snappy.maxCompressedLength(count)];
      target.write(block, 0, Snappy.compress(buf, 0, count, block, 0));
      target.close();
    }
  }
}
