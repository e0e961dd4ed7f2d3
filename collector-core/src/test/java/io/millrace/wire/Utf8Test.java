package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "c3a4, c3a4, two bytes",
    "e5908d, e5908d, three bytes",
    "f09f9982, f09f9982, four bytes",
    "f48fbfbf, f48fbfbf, the last code point",
    "80, 3f, a continuation alone",
    "61c3, 613f, a sequence cut off at the end",
    "e59041, 3f3f41, a sequence cut off by a letter",
    "c080, 3f3f, overlong in two bytes",
    "e08080, 3f3f3f, overlong in three bytes",
    "f0808080, 3f3f3f3f, overlong in four bytes",
    "eda080, 3f3f3f, a surrogate",
    "f4908080, 3f3f3f3f, above the last code point",
    "f5808080, 3f3f3f3f, a lead byte that does not exist",
    "ff41fe, 3f413f, bytes that never occur"
  })
  void overwritesExactlyTheBytesAtFault(String original, String repaired, String name) {
    byte[] bytes = HexFormat.of().parseHex(original);
    int count = Utf8.repair(bytes, 0, bytes.length);
    assertThat(HexFormat.of().formatHex(bytes)).as(name).isEqualTo(repaired);
    assertThat(count).isEqualTo(differences(HexFormat.of().parseHex(original), bytes));
  }

  @Test
  void findsOneBadByteWhereverItStands() {
    for (int length = 1; length <= 70; length++) {
      for (int at = 0; at < length; at++) {
        byte[] bytes = "x".repeat(length + 2).getBytes(StandardCharsets.UTF_8);
        bytes[1 + at] = (byte) 0x80;
        assertThat(Utf8.repair(bytes, 1, length)).as("%d of %d", at, length).isOne();
        assertThat(bytes[1 + at]).isEqualTo((byte) '?');
      }
    }
  }

  @Test
  void leavesWhatIsAroundTheTextAlone() {
    byte[] bytes = {(byte) 0xff, 'a', 'b', (byte) 0xff};
    assertThat(Utf8.repair(bytes, 1, 2)).isZero();
    assertThat(Utf8.repair(bytes, 1, 0)).isZero();
    assertThat(bytes).containsExactly(0xff, 'a', 'b', 0xff);
  }

  @Test
  void agreesWithTheDecoderOfTheJdk() {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    int[] interesting = {0x41, 0x7f, 0x80, 0x8f, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xef, 0xf0};
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int j = 0; j < bytes.length; j++) {
        int pick = random.nextInt(interesting.length + 4);
        bytes[j] = (byte) (pick < interesting.length ? interesting[pick] : random.nextInt(256));
      }
      byte[] original = bytes.clone();
      byte[] expected = bytes.clone();
      ReferenceUtf8.repair(expected, 0, expected.length);
      int repaired = Utf8.repair(bytes, 0, bytes.length);
      assertThat(Utf8.isValid(original, 0, original.length))
          .as("seed %d", seed)
          .isEqualTo(repaired == 0);
      assertThat(bytes).as("seed %d", seed).isEqualTo(expected);
      assertThat(repaired).as("seed %d", seed).isEqualTo(differences(original, bytes));
    }
  }

  private static int differences(byte[] left, byte[] right) {
    return (int) IntStream.range(0, left.length).filter(i -> left[i] != right[i]).count();
  }
}
