package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "-0, PT0S",
    "5s, PT5S",
    "+5s, PT5S",
    "-1.5h, PT-1H-30M",
    "1h15m30.918s, PT1H15M30.918S",
    "200ms, PT0.2S",
    "3us, PT0.000003S",
    "3µs, PT0.000003S",
    "3μs, PT0.000003S",
    "7ns, PT0.000000007S",
    "0.9ns, PT0S",
    ".5s, PT0.5S",
    "5.s, PT5S",
    "1s1s, PT2S",
  })
  void readsWhatGoReads(String text, Duration duration) {
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", ".s", "5 s", "5d", "1e3s", "5S", "-", "PT5S", "9999999h"})
  void refusesWhatGoRefuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT1M30S, 1m30s",
    "PT2H, 2h0m0s",
    "PT0.2S, 200ms",
    "PT1.5S, 1.5s",
    "PT0.0000015S, 1.5µs",
    "PT0.000000007S, 7ns",
    "PT-5S, -5s",
  })
  void printsAsGoDoes(Duration duration, String text) {
    assertThat(GoDuration.format(duration)).isEqualTo(text);
  }

  @Test
  void readsBackWhatItPrints() {
    long seed = new Random().nextLong();
    System.out.println("GoDurationTest seed: " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(64));
      if (!duration.equals(Duration.ofNanos(Long.MIN_VALUE))) {
        assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
      }
    }
  }
}
