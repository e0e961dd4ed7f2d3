package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
  private final ByteRange range = new ByteRange();

  @Test
  void isTheStretchAndNothingAroundIt() {
    range.wrap(utf8("<größe>"), 1, 7);

    assertThat(range.utf8()).isEqualTo("größe");
    assertThat(range.copy()).isEqualTo(utf8("größe"));
    assertThat(range.isEmpty()).isFalse();
  }

  @Test
  void equalsContentOfTheSameLengthOnly() {
    range.wrap(utf8("<key>"), 1, 3);

    assertThat(range.contentEquals(utf8("key"))).isTrue();
    assertThat(range.contentEquals(utf8("kex"))).isFalse();
    assertThat(range.contentEquals(utf8("ke"))).isFalse();
    assertThat(range.contentEquals(utf8("key>"))).isFalse();
  }

  @Test
  void startsEmpty() {
    assertThat(range.isEmpty()).isTrue();
    assertThat(range.utf8()).isEmpty();
    assertThat(range.contentEquals(new byte[0])).isTrue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
