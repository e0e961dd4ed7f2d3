package io.millrace.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

/** What is compressed is what the libraries' own decoders read. */
final class CompressorTest {
  private static final int[] LEVELS = {-2, -1, 0, 1, 3, 6, 9, 11, 100};

  @ParameterizedTest
  @EnumSource
  void compressesWhatItsDecoderReads(Compression compression) throws IOException {
    for (byte[] plain : new byte[][] {{}, {7}, repeating(300_000), random(300_000)}) {
      for (int level : LEVELS) {
        if (compression.hasLevel(level)) {
          byte[] compressed = compress(new Compressor(compression, level), plain);

          assertThat(decompress(compression, compressed)).as("level %s", level).isEqualTo(plain);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void makesWhatRepeatsSmaller(Compression compression) throws IOException {
    assertThat(compress(new Compressor(compression, 0), repeating(100_000)))
        .hasSizeLessThan(20_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZLIB", "ZSTD"})
  void aHigherLevelIsSmaller(Compression compression) throws IOException {
    byte[] text = text(200_000);

    assertThat(compress(new Compressor(compression, 9), text).length)
        .isLessThan(compress(new Compressor(compression, 0), text).length);
  }

  @ParameterizedTest
  @CsvSource({
    "GZIP, 10",
    "GZIP, -3",
    "DEFLATE, 10",
    "SNAPPY, 1",
    "X_SNAPPY_FRAMED, -1",
    "LZ4, 1",
    "NONE, 1"
  })
  void hasTheLevelsOfTheCollector(Compression compression, int level) {
    assertThatThrownBy(() -> new Compressor(compression, level)).hasMessageContaining("level");
  }

  @Test
  void isCalledAsHttpCallsIt() {
    assertThat(Compression.X_SNAPPY_FRAMED.encoding()).isEqualTo("x-snappy-framed");
    assertThat(Compression.NONE.encoding()).isEmpty();
  }

  static byte[] compress(Compressor compressor, byte[] plain) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream out = compressor.open(target)) {
      out.write(plain);
    }
    return target.toByteArray();
  }

  static byte[] decompress(Compression compression, byte[] compressed) throws IOException {
    InputStream source = new ByteArrayInputStream(compressed);
    try (InputStream in =
        switch (compression) {
          case NONE -> source;
          case GZIP -> new GZIPInputStream(source);
          case ZLIB, DEFLATE -> new InflaterInputStream(source);
          case ZSTD -> new ZstdInputStream(source);
          case X_SNAPPY_FRAMED -> new SnappyFramedInputStream(source);
          case LZ4 -> new LZ4FrameInputStream(source);
          case SNAPPY -> new ByteArrayInputStream(Snappy.uncompress(compressed));
        }) {
      return in.readAllBytes();
    }
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] repeating(int length) {
    return "telemetry repeats itself, ".repeat(length / 26).getBytes(US_ASCII);
  }

  /** Repeats itself in pieces that are far from each other. */
  private static byte[] text(int length) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("word").append(random.nextInt(500)).append(' ');
    }
    return text.toString().getBytes(US_ASCII);
  }
}
