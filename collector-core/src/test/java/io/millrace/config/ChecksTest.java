package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void collectsEveryViolationIntoOneException() {
    Checks checks =
        new Checks()
            .atLeast("queue_size", 0, 1)
            .between("level", 10, -2, 9)
            .between("randomization_factor", Double.NaN, 0, 1)
            .positive("flush_timeout", Duration.ZERO)
            .notNegative("timeout", Duration.ofMillis(-1))
            .atLeast("max_interval", Duration.ofSeconds(1), Duration.ofSeconds(5))
            .notBlank("endpoint", " ", "host:port")
            .present("storage", null, "an id")
            .present("name", "", "a name");

    InvalidConfigException thrown =
        catchThrowableOfType(InvalidConfigException.class, checks::throwIfAny);

    assertThat(thrown.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "queue_size: 0 (expected: >= 1)",
            "level: 10 (expected: -2 to 9)",
            "randomization_factor: NaN (expected: 0.0 to 1.0)",
            "flush_timeout: 0s (expected: > 0s)",
            "timeout: -1ms (expected: >= 0s)",
            "max_interval: 1s (expected: >= 5s)",
            "endpoint: \" \" (expected: host:port)",
            "storage: null (expected: an id)",
            "name: \"\" (expected: a name)");
    assertThat(thrown).hasMessageStartingWith("queue_size: 0 (expected: >= 1); level: 10");
  }

  @Test
  void throwsNothingWhenAllHolds() {
    new Checks()
        .atLeast("a", 1, 1)
        .between("b", 9, 1, 9)
        .between("c", 0.5, 0, 1)
        .positive("d", Duration.ofNanos(1))
        .notNegative("e", Duration.ZERO)
        .notBlank("f", "x", "a name")
        .present("g", 0, "a number")
        .throwIfAny();
  }

  @Test
  void neverPrintsSecret() {
    Checks checks = new Checks().that(false, "password", new Secret("hunter2"), "longer");

    assertThatThrownBy(checks::throwIfAny)
        .hasMessage("password: [REDACTED] (expected: longer)")
        .hasToString(
            "io.millrace.config.InvalidConfigException: password: [REDACTED] (expected: longer)");
  }
}
