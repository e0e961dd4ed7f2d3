package io.millrace.exporter.promtranslation;

/** Why a point has no series. */
public enum Rejection {
  METRIC_NAME("invalid_metric_name"),
  LABEL_NAME("invalid_label_name"),
  DELTA("delta_temporality"),
  TEMPORALITY("unspecified_temporality"),
  NO_TIMESTAMP("no_timestamp"),
  NO_VALUE("no_value"),
  NO_SUM("no_sum"),
  SCALE("scale_too_low"),
  BUCKETS("inconsistent_buckets"),
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
