package io.millrace.testkit.contract;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits that look at once and often. Stateless. */
final class Deadline {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private Deadline() {}

  static ConditionFactory within(Duration atMost) {
    return Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(POLL_INTERVAL);
  }

  /** Returns a wait for a condition that has to hold for a tenth of a second from now on. */
  static ConditionFactory staying() {
    return within(Duration.ofSeconds(1)).during(Duration.ofMillis(100));
  }
}
