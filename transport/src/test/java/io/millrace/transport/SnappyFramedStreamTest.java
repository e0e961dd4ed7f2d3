package io.millrace.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.SnappyFramedInputStream;

/** The stream against the library's own, which is less strict about the size of a chunk. */
final class SnappyFramedStreamTest {
  private static final String IDENTIFIER = "ff060000734e61507059";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
  void readsWhatTheLibraryWrites(int length) throws IOException {
    byte[] plain = CompressorTest.random(length);

    assertThat(read(framed(plain))).isEqualTo(plain);
    assertThat(read(framed(new byte[length]))).isEqualTo(new byte[length]);
  }

  @Test
  void readsByteByByte() throws IOException {
    try (InputStream in = open(framed(new byte[] {1, -1}))) {
      assertThat(in.read()).isEqualTo(1);
      assertThat(in.read()).isEqualTo(255);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[3])).isEqualTo(-1);
    }
  }

  @Test
  void readsOneStreamBehindAnotherAndSkipsWhatItMay() throws IOException {
    byte[] one = framed("one".getBytes(US_ASCII));
    byte[] padding = HexFormat.of().parseHex("fe030000" + "000000" + "80000000");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(one);
    all.write(padding);
    all.write(one);

    assertThat(read(all.toByteArray())).asString().isEqualTo("oneone");
  }

  @ParameterizedTest
  @CsvSource({
    "00010000, without its identifier",
    "ff0600007a4e61507059, identifier of something else",
    "ff050000734e615070, identifier of 5 bytes",
    IDENTIFIER + "01, without a header",
    IDENTIFIER + "02040000, unknown type 2",
    IDENTIFIER + "01030000, chunk of 3 bytes",
    IDENTIFIER + "00040000000000, cut short",
    IDENTIFIER + "0004000000000000, chunk of -1 plain bytes",
    IDENTIFIER + "0100000100, cut short",
    IDENTIFIER + "00ffffff00, chunk of 16777215 bytes",
    IDENTIFIER + "010500000000000041, wrong checksum"
  })
  void refuses(String hex, String fault) {
    assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff0f", "ffffffff07", "8180040000"})
  void refusesAChunkThatSaysItIsLarger(String length) {
    String hex = IDENTIFIER + "0009000000000000" + length;
    assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex))).isInstanceOf(IOException.class);
  }

  /** Damaged bytes are refused, or mean what the library says. */
  @Test
  void takesDamagedBytesOnlyIfTheLibraryDoes() throws IOException {
    int taken = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = framed("telemetry repeats itself, ".repeat(9).getBytes(US_ASCII));
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(damaged, damaged.length - random.nextInt(3));
      byte[] read = readOrNull(cut);
      if (read != null) {
        taken++;
        assertThat(library(cut)).as("seed %s", seed).isEqualTo(read);
      }
    }
    assertThat(taken).isBetween(1, 2_500);
  }

  private static byte[] framed(byte[] plain) throws IOException {
    return CompressorTest.compress(new Compressor(Compression.X_SNAPPY_FRAMED, 0), plain);
  }

  private static InputStream open(byte[] bytes) {
    return new SnappyFramedStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] read(byte[] bytes) throws IOException {
    try (InputStream in = open(bytes)) {
      return in.readAllBytes();
    }
  }

  private static byte @Nullable [] readOrNull(byte[] bytes) {
    try {
      return read(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] library(byte[] bytes) throws IOException {
    try (InputStream in = new SnappyFramedInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
