package io.millrace.telemetry;

/** Writes a registry as {@link Exposition#TEXT}, with the collector's names. */
public final class PrometheusText {
  private PrometheusText() {}

  /** Returns every series with its present value, families in the order of their names. */
  public static String write(MetricRegistry registry) {
    return Exposition.TEXT.write(registry, Exposition.CounterNames.PLAIN);
  }
}
