package io.millrace.transport;

import java.util.Locale;

/** The ways to compress what is sent, by the collector's names. Immutable. */
public enum Compression {
  GZIP,
  /** Levels from 1 to 11; any other counts as the nearest. */
  ZSTD,
  /** Over HTTP one block, over gRPC framed. */
  SNAPPY,
  X_SNAPPY_FRAMED,
  ZLIB,
  /** In zlib's format, as HTTP means it. */
  DEFLATE,
  LZ4,
  NONE;

  /** Returns its name in headers; empty for none. */
  public String encoding() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether the level is one of it; 0, which is its fastest, is one of every. */
  public boolean hasLevel(int level) {
    return switch (this) {
      case GZIP, ZLIB, DEFLATE -> level >= -2 && level <= 9;
      case ZSTD -> true;
      case SNAPPY, X_SNAPPY_FRAMED, LZ4, NONE -> level == 0;
    };
  }

  /** Says in words which levels there are. */
  public String levels() {
    return switch (this) {
      case GZIP, ZLIB, DEFLATE -> "-2 to 9";
      case ZSTD -> "a number";
      case SNAPPY, X_SNAPPY_FRAMED, LZ4, NONE -> "0, for it has no levels";
    };
  }
}
