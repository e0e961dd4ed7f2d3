package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoScalarTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "tRUE",
        "nULL",
        "1:30",
        "12:30:45",
        "2001-01-01",
        "1.2.3",
        "4317x",
        "0x",
        "0xg",
        "0o8",
        "0b2",
        "-",
        "+",
        ".",
        "_1",
        "1e",
        "1e999",
        "- 1",
        "localhost:4317",
        "0.0.0.0:4317",
        ".infinity",
        "nan",
        "Inf",
        "+.nan",
        "1,000",
        "-9223372036854775809x",
        "~x",
        "<<",
        "=",
        "!"
      })
  void isString(String text) {
    assertThat(GoScalar.resolve(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void isNothing(String text) {
    assertThat(GoScalar.resolve(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false", "FALSE,false"})
  void isBoolean(String text, boolean value) {
    assertThat(GoScalar.resolve(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+7, 7",
    "-7, -7",
    "1_000, 1000",
    "7_, 7",
    "0x1f, 31",
    "-0X1F, -31",
    "0b101, 5",
    "0o17, 15",
    "0O17, 15",
    "0123, 83",
    "00, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void isInteger(String text, long value) {
    assertThat(GoScalar.resolve(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    ".5, 0.5",
    "-.5, -0.5",
    "1., 1",
    "1e3, 1000",
    "+1.5E-1, 0.15",
    "0128, 128",
    "1_0.5, 10.5",
    "18446744073709551616, 18446744073709551616",
    "-9223372036854775809, -9223372036854775809",
    "+18446744073709551615, 18446744073709551615",
    ".inf, Infinity",
    "+.Inf, Infinity",
    "-.INF, -Infinity",
    ".nan, NaN",
    ".NaN, NaN",
  })
  void isFloat(String text, double value) {
    assertThat(GoScalar.resolve(text)).isEqualTo(value);
  }

  @Test
  void isUnsignedIntegerBeyondTheSignedOnes() {
    assertThat(GoScalar.resolve("18446744073709551615"))
        .isEqualTo(new BigInteger("18446744073709551615"));
  }
}
