package io.millrace.transport.grpc;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.millrace.transport.Compression;
import io.millrace.transport.Compressor;
import io.millrace.transport.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message encoding: fast to write, and lazy to read, so that damage fails where the message is
 * read and the answer is chosen. Immutable.
 *
 * @param compressor how messages are written; snappy's are framed, as the collector has them
 * @param decoder how they are read
 */
record MessageCodec(String name, Compressor compressor, ContentEncoding decoder) implements Codec {
  private static final List<MessageCodec> ALL =
      List.of(
          new MessageCodec("gzip", Compressor.GZIP, ContentEncoding.GZIP),
          new MessageCodec("zstd", new Compressor(Compression.ZSTD, 0), ContentEncoding.ZSTD),
          new MessageCodec(
              "snappy", new Compressor(Compression.X_SNAPPY_FRAMED, 0), ContentEncoding.SNAPPY));

  /** What a server and a client take. */
  static final DecompressorRegistry DECOMPRESSORS = decompressors();

  /** What a client sends. */
  static CompressorRegistry compressors() {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(Identity.NONE);
    ALL.forEach(registry::register);
    return registry;
  }

  private static DecompressorRegistry decompressors() {
    DecompressorRegistry registry = DecompressorRegistry.emptyInstance().with(Identity.NONE, false);
    for (MessageCodec codec : ALL) {
      registry = registry.with(codec, true);
    }
    return registry;
  }

  @Override
  public String getMessageEncoding() {
    return name;
  }

  @Override
  public OutputStream compress(OutputStream target) throws IOException {
    return compressor.open(target);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new LazyStream(source, decoder);
  }

  /** Reads nothing before it is asked to. Confined to one thread. */
  private static final class LazyStream extends InputStream {
    private final InputStream source;
    private final ContentEncoding encoding;
    private @Nullable InputStream decoded;

    LazyStream(InputStream source, ContentEncoding encoding) {
      this.source = source;
      this.encoding = encoding;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return decoded().read(target, offset, length);
      } catch (RuntimeException e) { // a decoder that tripped over damage
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (decoded == null) {
        source.close();
      } else {
        decoded.close();
      }
    }

    private InputStream decoded() throws IOException {
      InputStream present = decoded;
      if (present == null) {
        present = encoding.decoder(source);
        decoded = present;
      }
      return present;
    }
  }
}
