package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import io.millrace.transport.Compression;
import io.millrace.transport.Compressor;

/**
 * The section {@code compression_params}. Immutable.
 *
 * @param level of gzip, zlib and deflate 1 (fastest) to 9, -1 for zlib's usual one, -2 for Huffman
 *     codes alone; of zstd 1 (fastest), 3, 6, 11 or between; 0 for the fastest
 */
public record CompressionParams(int level) {
  public static final CompressionParams DEFAULT = new CompressionParams(0);

  /** Requires that the compression has the level. */
  public Checks check(Checks checks, Compression compression) {
    return checks.that(
        compression.hasLevel(level), "compression_params.level", level, compression.levels());
  }

  /** Returns what compresses so. */
  public Compressor compressor(Compression compression) {
    return new Compressor(compression, level);
  }
}
