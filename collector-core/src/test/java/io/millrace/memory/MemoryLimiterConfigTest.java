package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimiterConfigTest {
  private static MemoryLimiterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadRecord(MemoryLimiterConfig.DEFAULT, new ConfigSource("yaml:", yaml));
  }

  @Test
  void defaultsAreTheCollectors() {
    assertThat(MemoryLimiterConfig.DEFAULT)
        .isEqualTo(
            new MemoryLimiterConfig(
                Duration.ZERO,
                0,
                0,
                0,
                0,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30)));
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                check_interval: 5s
                limit_mib: 4000
                spike_limit_mib: 500
                limit_percentage: 75
                spike_limit_percentage: 15
                min_gc_interval_when_soft_limited: 11s
                min_gc_interval_when_hard_limited: 1s
                max_gc_interval_when_soft_limited: 1m
                max_gc_interval_when_hard_limited: 40s
                """))
        .isEqualTo(
            new MemoryLimiterConfig(
                Duration.ofSeconds(5),
                4000,
                500,
                75,
                15,
                Duration.ofSeconds(11),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(40)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{check_interval: -1s, limit_mib: 100} | check_interval: -1s",
        "{check_interval: 0s, limit_mib: 100} | check_interval: 0s",
        "{check_interval: 1s, limit_mib: 0} | limit_mib: 0",
        "{check_interval: 1s, limit_mib: -1} | limit_mib: -1",
        "{check_interval: 1s, limit_mib: 100, spike_limit_mib: 100} | spike_limit_mib: 100",
        "{check_interval: 1s, limit_percentage: 101} | limit_percentage: 101",
        "{check_interval: 1s, limit_percentage: 50, spike_limit_percentage: 60}"
            + " | spike_limit_percentage: 60",
        "{check_interval: 1s, limit_mib: 1, min_gc_interval_when_soft_limited: 1s,"
            + " min_gc_interval_when_hard_limited: 2s} | min_gc_interval_when_soft_limited: 1s",
        "{check_interval: 1s, limit_mib: 1, max_gc_interval_when_soft_limited: 20s}"
            + " | max_gc_interval_when_soft_limited: 20s",
        "{check_interval: 1s, limit_mib: 1, max_gc_interval_when_soft_limited: 5s,"
            + " max_gc_interval_when_hard_limited: 5s} | max_gc_interval_when_soft_limited: 5s",
        "{check_interval: 1s, limit_mib: 1, min_gc_interval_when_hard_limited: -1s}"
            + " | min_gc_interval_when_hard_limited: -1s",
      })
  void refusesWhatTheCollectorRefusesAtItsPosition(String yaml, String problem) {
    String key = problem.substring(0, problem.indexOf(':'));
    String value = problem.substring(problem.indexOf(':') + 2);
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(":1:")
        .hasMessageContaining(key)
        .hasMessageContaining(value);
  }

  @Test
  void wantsAnIntervalAndALimit() {
    assertThatThrownBy(() -> load("{}"))
        .hasMessageContaining("check_interval: missing")
        .hasMessageContaining("limit_mib: missing");
  }
}
