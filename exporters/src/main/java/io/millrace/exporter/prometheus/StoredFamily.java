package io.millrace.exporter.prometheus;

import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.MetricType;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** The points of one metric name, and what was first said of it. Thread safe. */
final class StoredFamily {
  final MetricFamily family;
  final ConcurrentHashMap<LabelKey, StoredPoint> points = new ConcurrentHashMap<>();

  /** The bounds or quantiles of the last point; nearly all points of a metric have the same. */
  private volatile Bounds bounds = Bounds.NONE;

  StoredFamily(MetricFamily family) {
    this.family = family;
  }

  /** Returns whether a metric is of this type as far as a scrape shows it. */
  boolean isOf(MetricType type) {
    return shown(type) == shown(family.type());
  }

  /** What has no type of its own in the classic formats is a gauge. */
  static MetricType shown(MetricType type) {
    return switch (type) {
      case NON_MONOTONIC_SUM, INFO, STATESET -> MetricType.GAUGE;
      case UNKNOWN, COUNTER, GAUGE, HISTOGRAM, SUMMARY -> type;
    };
  }

  /** Returns the numbers of a point, the same object as long as they are the same. */
  Bounds share(PointValues values) {
    Bounds last = bounds;
    int length = last.numbers.length;
    if (!Arrays.equals(last.numbers, 0, length, values.numbers, 0, values.size)) {
      last = new Bounds(Arrays.copyOf(values.numbers, values.size));
      bounds = last;
    }
    return last;
  }
}
