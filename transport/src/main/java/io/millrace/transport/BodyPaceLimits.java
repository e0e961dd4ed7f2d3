package io.millrace.transport;

import java.time.Duration;

/**
 * How slow a body may come. Immutable.
 *
 * @param total for the whole of it; zero for any time
 * @param bytesPerSecond at least, on the average of ten seconds; 0 for none
 */
public record BodyPaceLimits(Duration total, int bytesPerSecond) {
  /** A minute, and a KiB a second. */
  public static final BodyPaceLimits DEFAULT = new BodyPaceLimits(Duration.ofMinutes(1), 1024);

  /** Returns how often a body must be looked at for these limits. */
  public Duration checkInterval() {
    Duration stretch = Duration.ofNanos(BodyPace.STRETCH_NANOS);
    boolean isShort = total.isPositive() && total.compareTo(stretch) < 0;
    return (isShort ? total : stretch).dividedBy(4);
  }
}
