package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, -0, -0",
    "1, 1, 1",
    "-1.5, -1.5, -1.5",
    "1e-6, 0.000001, 0.000001",
    "1e-9, 1e-9, 0.000000001",
    "1.25e-7, 1.25e-7, 0.000000125",
    "1e20, 100000000000000000000, 100000000000000000000",
    "1e21, 1e+21, 1000000000000000000000",
    "-1.5e300, -1.5e+300, ",
    "NaN, NaN, ",
    "4.9e-324, 5e-324, ",
    "2.2250738585072014e-308, 2.2250738585072014e-308, ",
    "Infinity, Infinity, "
  })
  void hasTheFewestDigits(double value, String shortest, String plain) {
    assertThat(DoubleText.shortest(value)).isEqualTo(shortest);
    if (plain != null) {
      assertThat(DoubleText.plain(value)).isEqualTo(plain);
    }
  }
}
