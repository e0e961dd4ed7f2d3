package io.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Validates a configuration record in its constructor: collects what is wrong, then throws once.
 *
 * <pre>{@code
 * record QueueConfig(int queueSize, Duration flushTimeout) {
 *   QueueConfig {
 *     new Checks()
 *         .atLeast("queue_size", queueSize, 1)
 *         .positive("flush_timeout", flushTimeout)
 *         .throwIfAny();
 *   }
 * }
 * }</pre>
 *
 * <p>Keys are written as in YAML, so that the loader finds the line to blame; {@code a.b} blames a
 * key of the nested record {@code a}. Confined to the constructing thread.
 */
public final class Checks {
  private final List<Violation> violations = new ArrayList<>();

  /** Requires {@code ok}; {@code value} is printed, so it must not be a bare secret. */
  public Checks that(boolean ok, String key, @Nullable Object value, String expected) {
    if (!ok) {
      violations.add(new Violation(key, print(value), expected));
    }
    return this;
  }

  public Checks atLeast(String key, long value, long min) {
    return that(value >= min, key, value, ">= " + min);
  }

  public Checks between(String key, long value, long min, long max) {
    return that(value >= min && value <= max, key, value, min + " to " + max);
  }

  /** Requires a number in the range, both ends included; NaN is never in it. */
  public Checks between(String key, double value, double min, double max) {
    return that(value >= min && value <= max, key, value, min + " to " + max);
  }

  public Checks atLeast(String key, Duration value, Duration min) {
    return that(value.compareTo(min) >= 0, key, value, ">= " + GoDuration.format(min));
  }

  /** Requires more than zero. */
  public Checks positive(String key, Duration value) {
    return that(value.isPositive(), key, value, "> 0s");
  }

  /** Requires zero or more. */
  public Checks notNegative(String key, Duration value) {
    return that(!value.isNegative(), key, value, ">= 0s");
  }

  /** Requires a text with a visible character; {@code expected} says which kind. */
  public Checks notBlank(String key, String value, String expected) {
    return that(!value.isBlank(), key, value, expected);
  }

  /** Requires a setting that has no default; for {@link RequiredSettings}. */
  public Checks present(String key, @Nullable Object value, String expected) {
    return that(value != null && !value.equals(""), key, value, expected);
  }

  /** Throws if any check failed. */
  public void throwIfAny() {
    if (!violations.isEmpty()) {
      throw new InvalidConfigException(violations);
    }
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  private static String print(@Nullable Object value) {
    return switch (value) {
      case Duration duration -> GoDuration.format(duration);
      case String text when text.isBlank() -> '"' + text + '"';
      case null -> "null";
      default -> value.toString();
    };
  }
}
