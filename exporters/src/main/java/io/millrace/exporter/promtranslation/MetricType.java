package io.millrace.exporter.promtranslation;

import java.util.Locale;

/** What a metric is to Prometheus. */
public enum MetricType {
  UNKNOWN,
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  INFO,
  STATESET,
  /** A gauge to Prometheus, but named by its own rule: no {@code _ratio}. */
  NON_MONOTONIC_SUM;

  /** Returns the word for the type, as in the text formats. */
  String word() {
    return this == NON_MONOTONIC_SUM ? GAUGE.word() : name().toLowerCase(Locale.ROOT);
  }

  /** Returns the number of the type in remote write's metadata, 1.0 and 2.0 alike. */
  public int remoteWriteNumber() {
    return switch (this) {
      case UNKNOWN -> 0;
      case COUNTER -> 1;
      case GAUGE, NON_MONOTONIC_SUM -> 2;
      case HISTOGRAM -> 3;
      case SUMMARY -> 5;
      case INFO -> 6;
      case STATESET -> 7;
    };
  }
}
