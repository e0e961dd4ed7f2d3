package io.millrace.exporter.promtranslation;

/** Which of the series of a point a sample is of. */
public enum SeriesKind {
  /** The value of a gauge or sum, or a native histogram. */
  VALUE,
  SUM,
  COUNT,
  /** Of a classic histogram; {@link Series#number} is its upper bound. */
  BUCKET,
  /** Of a summary; {@link Series#number} is the quantile. */
  QUANTILE,
  /** Since when the point counts, in seconds. */
  CREATED
}
