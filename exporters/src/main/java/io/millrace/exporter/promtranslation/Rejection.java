package io.millrace.exporter.promtranslation;

/** Why a point has no series. */
public enum Rejection {
  METRIC_NAME("invalid_metric_name"),
  LABEL_NAME("invalid_label_name"),
  DELTA("delta_temporality"),
  /** It is not finite, or goes down where nothing may: the sum would be spoilt for good. */
  INVALID_DELTA("invalid_delta"),
  /** There are more points of the series than milliseconds to give them, or one of the future. */
  DELTA_RATE("too_many_deltas"),
  TEMPORALITY("unspecified_temporality"),
  NO_TIMESTAMP("no_timestamp"),
  NO_VALUE("no_value"),
  NO_SUM("no_sum"),
  SCALE("scale_too_low"),
  BUCKETS("inconsistent_buckets"),
  LABELS("too_many_labels"),
  /** Its series would take more than the bytes a point may have. */
  TOO_LARGE("point_too_large"),
  /** The points before it have become as many bytes as a batch may. */
  EXPANSION("batch_expands_too_much"),
  /** There is a metric of another type under that name. */
  TYPE("conflicting_type"),
  /** There is no room for one more series. */
  SERIES_LIMIT("series_limit"),
  DUPLICATE("duplicate_sample");

  private final String word;

  Rejection(String word) {
    this.word = word;
  }

  /** The word for metrics and logs. */
  public String word() {
    return word;
  }
}
