package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import java.time.Duration;

/**
 * The section {@code retry_on_failure}: when a batch that failed for the time being is tried again.
 * Immutable.
 *
 * @param enabled {@code false} drops at the first failure
 * @param initialInterval mean wait after the first failure
 * @param multiplier by which the mean wait grows with every failure
 * @param randomizationFactor how far a wait strays from its mean, from 0 to 1
 * @param maxInterval bound of the mean wait
 * @param maxElapsedTime how long to try, from the first attempt on; a retry that would come later
 *     is given up. 0 for ever
 */
public record RetryConfig(
    boolean enabled,
    Duration initialInterval,
    double multiplier,
    double randomizationFactor,
    Duration maxInterval,
    Duration maxElapsedTime) {
  /** The collector's defaults. */
  public static final RetryConfig DEFAULT =
      new RetryConfig(
          true, Duration.ofSeconds(5), 1.5, 0.5, Duration.ofSeconds(30), Duration.ofMinutes(5));

  public RetryConfig {
    if (enabled) {
      Checks checks =
          new Checks()
              .positive("initial_interval", initialInterval)
              .that(multiplier >= 1, "multiplier", multiplier, ">= 1")
              .between("randomization_factor", randomizationFactor, 0.0, 1.0)
              .positive("max_interval", maxInterval)
              .notNegative("max_elapsed_time", maxElapsedTime);
      if (!maxElapsedTime.isZero()) {
        checks
            .atLeast("max_elapsed_time", maxElapsedTime, initialInterval)
            .atLeast("max_elapsed_time", maxElapsedTime, maxInterval);
      }
      checks.throwIfAny();
    }
  }
}
