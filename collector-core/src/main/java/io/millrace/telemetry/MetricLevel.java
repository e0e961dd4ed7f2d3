package io.millrace.telemetry;

/** How much the collector measures about itself; each level includes those before it. */
public enum MetricLevel {
  NONE,
  BASIC,
  NORMAL,
  DETAILED;

  /** Returns whether what is measured from {@code least} on is measured at this level. */
  public boolean includes(MetricLevel least) {
    return compareTo(least) >= 0;
  }
}
