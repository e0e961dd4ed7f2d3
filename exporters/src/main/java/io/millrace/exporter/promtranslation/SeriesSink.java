package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;

/**
 * Takes the series of a batch, point by point.
 *
 * <p>For every point {@link #startPoint} is called; unless it declines, either {@link #rejected}
 * follows, or {@link #series} and then the point's samples and histograms, each followed by its
 * exemplars. What is handed over is lent for the call. Called by the translating thread.
 */
public interface SeriesSink {
  /**
   * A point begins.
   *
   * @param item its index among the points of the batch
   * @return whether it is wanted
   */
  boolean startPoint(int item);

  /** The point has no series, for the reason given. */
  void rejected(Rejection rejection, String metric);

  /** Whether native histograms with custom buckets can be taken, for now. */
  default boolean takesCustomBuckets() {
    return false;
  }

  /**
   * Says what the series that follow have in common.
   *
   * @param labels of the point, without name and bound
   */
  void series(Series labels, MetricFamily family, PointShape shape);

  /** Like {@link #series} for a series that is nobody's point, such as {@code target_info}. */
  void extraSeries(Series labels, MetricFamily family);

  /**
   * A sample.
   *
   * @param startMillis since when it counts, 0 for unknown
   * @param valueBits of the double, raw: a stale marker is a NaN whose bits matter
   */
  void sample(Series series, long timestampMillis, long startMillis, long valueBits);

  /** A native histogram, lent like the series. */
  void histogram(Series series, long timestampMillis, long startMillis, NativeHistogram histogram);

  /**
   * An exemplar of the sample or histogram that was handed over last.
   *
   * @param labels holds its labels, encoded like those of a series
   */
  void exemplar(ByteAppender labels, int offset, int length, long timestampMillis, long valueBits);
}
