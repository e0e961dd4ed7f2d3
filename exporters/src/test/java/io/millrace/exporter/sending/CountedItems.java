package io.millrace.exporter.sending;

import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;

/** What exporters count under one name, whatever the labels. */
public final class CountedItems {
  private CountedItems() {}

  /** Returns the sum of all series of that name. */
  public static long count(MetricRegistry metrics, String name) {
    return PrometheusText.write(metrics)
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
