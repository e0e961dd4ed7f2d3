package io.millrace.transport.grpc;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.millrace.transport.FastGzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The message encoding {@code gzip}: fast to write, and lazy to read, so that a damaged header
 * fails where the message is read and the answer is chosen.
 *
 * <p>Thread safe.
 */
final class GzipCodec implements Codec {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final GzipCodec INSTANCE = new GzipCodec();

  /** What a server and a client take: {@code identity} and {@code gzip}. */
  static final DecompressorRegistry DECOMPRESSORS =
      DecompressorRegistry.emptyInstance().with(Identity.NONE, false).with(INSTANCE, true);

  private GzipCodec() {}

  /** What a client sends. */
  static CompressorRegistry compressors() {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(INSTANCE);
    registry.register(Identity.NONE);
    return registry;
  }

  @Override
  public String getMessageEncoding() {
    return "gzip";
  }

  @Override
  public OutputStream compress(OutputStream target) throws IOException {
    return new FastGzip(target);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new LazyGunzip(source);
  }

  /** Reads nothing before it is asked to. Confined to one thread. */
  private static final class LazyGunzip extends InputStream {
    private final InputStream source;
    private @Nullable GZIPInputStream inflated;

    LazyGunzip(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      return inflated().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return inflated().read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (inflated == null) {
        source.close();
      } else {
        inflated.close();
      }
    }

    private GZIPInputStream inflated() throws IOException {
      GZIPInputStream present = inflated;
      if (present == null) {
        present = new GZIPInputStream(source, BUFFER_BYTES);
        inflated = present;
      }
      return present;
    }
  }
}
