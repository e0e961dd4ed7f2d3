package io.millrace.pdata;

/**
 * A kind of telemetry. Components treat it as a value and do not keep one copy of their code each.
 * Immutable.
 */
public enum Signal {
  TRACES("traces", "spans"),
  METRICS("metrics", "metric_points"),
  LOGS("logs", "log_records"),
  PROFILES("profiles", "profile_samples");

  private final String id;
  private final String items;

  Signal(String id, String items) {
    this.id = id;
    this.items = items;
  }

  /**
   * The signal's name in {@code service.pipelines} and in metric labels, such as {@code traces}.
   */
  public String id() {
    return id;
  }

  /** What the signal's items are called in metric names, such as {@code spans}. */
  public String items() {
    return items;
  }
}
