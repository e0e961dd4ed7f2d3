package io.millrace.exporter.promtranslation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundTextTest {
  /** The texts are those of Go's {@code strconv.FormatFloat(x, 'g', -1, 64)}, from its rules. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0.0",
    "1, 1, 1, 1.0",
    "-2, -2, -2, -2.0",
    "0.005, 0.005, 0.005, 0.005",
    "0.0001, 0.0001, 0.0001, 0.0001",
    "0.00001, 0.00001, 1e-05, 1e-05",
    "123456, 123456, 123456, 123456.0",
    "1000000, 1000000, 1e+06, 1e+06",
    "1234567.5, 1234567.5, 1.2345675e+06, 1.2345675e+06",
    "1e100, , 1e+100, 1e+100",
    "Infinity, +Inf, +Inf, +Inf",
    "-Infinity, -Inf, -Inf, -Inf",
    "NaN, NaN, NaN, NaN"
  })
  void writesANumberInAllThreeWays(
      double number, String plain, String classic, String openMetrics) {
    assertThat(BoundText.plain(number)).isEqualTo(plain == null ? "1" + "0".repeat(100) : plain);
    assertThat(BoundText.classic(number)).isEqualTo(classic);
    assertThat(BoundText.openMetrics(number)).isEqualTo(openMetrics);
  }
}
