package io.millrace.exporter.promtranslation;

import io.millrace.pdata.RangeCursor;
import org.jspecify.annotations.Nullable;

/**
 * What the translators of the five kinds of points share: the labels of the point at hand, and
 * where its series go. Confined to one thread.
 */
final class PointSeries {
  private static final int NO_RECORDED_VALUE = 1;
  private static final int NANOS_PER_MILLI = 1_000_000;

  final Series series = new Series();
  private final AttributeLabels attributes;
  private final boolean hasCreatedSeries;
  private final SeriesSink sink;
  private LabelList base = new LabelList();
  private long latestMillis;
  private int item;

  PointSeries(TranslationConfig config, SeriesSink sink) {
    this.attributes = new AttributeLabels(config.labelNamer());
    this.hasCreatedSeries = config.createdSeries();
    this.sink = sink;
  }

  SeriesSink sink() {
    return sink;
  }

  void startBatch() {
    item = 0;
  }

  void startResource() {
    latestMillis = 0;
  }

  void startScope(LabelList labels) {
    base = labels;
  }

  /** The time of the latest point of the resource, 0 before the first. */
  long latestMillis() {
    return latestMillis;
  }

  /** Counts the next point and returns whether it is wanted. */
  boolean next() {
    return sink.startPoint(item++);
  }

  /** Makes the labels of a point ready; returns why it has no series, or {@code null}. */
  @Nullable Rejection start(MetricFamily family, RangeCursor pointAttributes, long timeUnixNano) {
    if (timeUnixNano == 0) {
      return Rejection.NO_TIMESTAMP;
    }
    if (!attributes.read(pointAttributes)) {
      return Rejection.LABEL_NAME;
    }
    series.merge(base, attributes);
    sink.lane(series.laneHash(family), family);
    latestMillis = Math.max(latestMillis, millis(timeUnixNano));
    return null;
  }

  /** Adds the series that says since when the point counts, if it is wanted and known. */
  void created(MetricFamily family, long timeMillis, long startUnixNano) {
    if (hasCreatedSeries && startUnixNano != 0) {
      double seconds = Long.divideUnsigned(startUnixNano, NANOS_PER_MILLI) / 1000.0;
      long bits = Double.doubleToRawLongBits(seconds);
      sink.sample(series.named(family.created), timeMillis, 0, bits);
    }
  }

  static boolean isStale(int flags) {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  static long millis(long unixNano) {
    return Long.divideUnsigned(unixNano, NANOS_PER_MILLI);
  }
}
