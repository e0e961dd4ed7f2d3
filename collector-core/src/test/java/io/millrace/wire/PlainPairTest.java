package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainPairTest {
  private static final int FIELD = 0x4a;
  private static final int KEY = 0x0a;
  private static final int VALUE = 0x12;
  private static final int STRING = 0x0a;

  /** Key "code" and value "x", without the tag of the field. */
  private static final String PLAIN = "0b 0a 04 636f6465 12 03 0a 01 78";

  private final WireReader in = new WireReader();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text, 0b 0a 04 636f6465 12 03 0a 01 78",
    "empty text, 0a 0a 04 636f6465 12 02 0a 00",
    "whole number, 0a 0a 04 636f6465 12 02 18 05",
    "number of ten bytes, 13 0a 04 636f6465 12 0b 18 ffffffffffffffffff01",
    "eight bytes, 11 0a 04 636f6465 12 09 21 8182838485868788"
  })
  void movesOverOnePair(String name, String pair) {
    assertThat(skip(pair)).as(name).isTrue();
    assertThat(in.position()).isEqualTo(in.limit());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "key not ASCII, 0b 0a 04 63c3b665 12 03 0a 01 78",
    "value not ASCII, 0b 0a 04 636f6465 12 03 0a 01 ff",
    "value first, 0b 12 03 0a 01 78 0a 04 636f6465",
    "no value, 09 0a 07 636f6465636f64",
    "two values, 0f 0a 04 636f6465 12 03 0a 01 78 12 02 0a 00",
    "empty value, 0a 0a 06 636f64656364 12 00",
    "field behind the value, 0d 0a 04 636f6465 12 03 0a 01 78 18 01",
    "field behind the text, 0d 0a 04 636f6465 12 05 0a 01 78 18 01",
    "padded length of the key, 0c 0a 84 00 636f6465 12 03 0a 01 78",
    "padded length of the pair, 8b 00 0a 04 636f6465 12 03 0a 01 78",
    "number cut off, 0b 0a 04 636f6465 12 03 18 81 81",
    "two numbers, 0b 0a 04 636f6465 12 03 18 01 01",
    "number of eleven bytes, 14 0a 04 636f6465 12 0c 18 8080808080808080808001",
    "seven bytes, 10 0a 04 636f6465 12 08 21 81828384858687",
    "four bytes, 0d 0a 04 636f6465 12 05 25 81828384",
    "array, 0a 0a 04 636f6465 12 02 2a 00",
    "field number zero, 0a 0a 04 636f6465 12 02 00 05",
    "key longer than the pair, 0b 0a 40 636f6465 12 03 0a 01 78",
    "pair longer than the message, 0c 0a 04 636f6465 12 03 0a 01 78",
    "value longer than the pair, 0b 0a 04 636f6465 12 04 0a 01 78",
    "text longer than the value, 0b 0a 04 636f6465 12 03 0a 02 78",
    "too short to bother, 07 0a 01 63 12 02 18 01",
    "nothing, 00"
  })
  void leavesEverythingElseToOthers(String name, String pair) {
    assertThat(skip(pair)).as(name).isFalse();
    assertThat(in.position()).isZero();
  }

  @Test
  void movesOverARunOfPairs() {
    assertThat(skip(PLAIN + "4a" + PLAIN + "4a 00")).isTrue();
    assertThat(in.readTag()).as("the pair behind the run is still there").isEqualTo(FIELD);
    assertThat(skip(PLAIN + "52" + PLAIN)).isTrue();
    assertThat(in.readTag()).as("another field ends the run").isEqualTo(0x52);
  }

  @Test
  void stopsAtTheEndOfTheMessage() {
    byte[] bytes = bytes(PLAIN + "4a" + PLAIN);
    in.wrap(bytes, 0, 12);
    assertThat(in.skipPlainPairs(FIELD, KEY, VALUE, STRING)).isTrue();
    assertThat(in.position()).isEqualTo(12);
    in.wrap(bytes, 0, 11);
    assertThat(in.skipPlainPairs(FIELD, KEY, VALUE, STRING)).isFalse();
  }

  @Test
  void countsHowDeepItsMessagesNest() {
    byte[] bytes = new byte[400];
    int messages = 99;
    for (int i = 0; i < messages; i++) {
      int left = bytes.length - 3 * i - 3;
      bytes[3 * i] = KEY;
      bytes[3 * i + 1] = (byte) (left | 0x80);
      bytes[3 * i + 2] = (byte) (left >>> 7);
    }
    byte[] pair = bytes(PLAIN);
    System.arraycopy(pair, 0, bytes, 3 * messages, pair.length);
    in.wrap(bytes, 0, bytes.length);
    for (int i = 0; i < messages; i++) {
      in.readTag();
      in.enterMessage();
    }
    assertThat(in.skipPlainPairs(FIELD, KEY, VALUE, STRING)).isFalse();
  }

  private boolean skip(String hex) {
    byte[] bytes = bytes(hex);
    in.wrap(bytes, 0, bytes.length);
    return in.skipPlainPairs(FIELD, KEY, VALUE, STRING);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
