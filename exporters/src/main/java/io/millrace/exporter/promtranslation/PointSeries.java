package io.millrace.exporter.promtranslation;

import io.millrace.pdata.DataPointView;
import org.jspecify.annotations.Nullable;

/**
 * What the translators of the five kinds of points share: the labels, times and staleness of the
 * point at hand, and where its series go.
 *
 * <p>A point whose series would take more than {@value #POINT_BYTES_MAX} bytes has none: long
 * labels times thousands of buckets would be far more than the sender has paid for. Confined to one
 * thread.
 */
final class PointSeries {
  static final int POINT_BYTES_MAX = 4 << 20;

  /** A series beside its labels: its name's suffix, its bound, its sample, and lengths. */
  private static final int SERIES_BYTES = 96;

  /** A point's exemplars and native buckets take no more than that much of its own length. */
  private static final int MESSAGE_FACTOR = 4;

  private static final int NO_RECORDED_VALUE = 1;
  private static final int NANOS_PER_MILLI = 1_000_000;

  final Series series = new Series();
  final PointShape shape = new PointShape();
  private final AttributeLabels attributes;
  private final boolean hasCreatedSeries;
  private final SeriesSink sink;
  private LabelList base = new LabelList();
  private long latestMillis;
  private int item;
  private int messageLength;
  private long timeMillis;
  private long startUnixNano;
  private boolean isStale;

  PointSeries(TranslationConfig config, SeriesSink sink) {
    this.attributes = new AttributeLabels(config);
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

  void startScope(LabelList labels, long source) {
    base = labels;
    shape.source = source;
  }

  /** The time of the latest point of the resource, 0 before the first. */
  long latestMillis() {
    return latestMillis;
  }

  /** Counts the next point, a message of that length, and returns whether it is wanted. */
  boolean next(int length) {
    messageLength = length;
    return sink.startPoint(item++);
  }

  /**
   * Makes the labels of a point ready; returns why it has no series, or {@code null}.
   *
   * @param newStartUnixNano since when it counts, 0 where it does not say or that does not matter
   */
  @Nullable Rejection start(
      MetricFamily family, DataPointView point, long newStartUnixNano, int seriesCount) {
    if (point.timeUnixNano() == 0) {
      return Rejection.NO_TIMESTAMP;
    }
    Rejection rejection = attributes.read(point.attributes());
    if (rejection != null) {
      return rejection;
    }
    series.merge(base, attributes);
    long perSeries = (long) series.labelsLength() + family.nameBytes() + SERIES_BYTES;
    shape.bytesMax = perSeries * seriesCount + (long) MESSAGE_FACTOR * messageLength;
    if (shape.bytesMax > POINT_BYTES_MAX) {
      return Rejection.TOO_LARGE;
    }
    timeMillis = millis(point.timeUnixNano());
    startUnixNano = newStartUnixNano;
    isStale = isStale(point.flags());
    sink.series(series, family, shape);
    latestMillis = Math.max(latestMillis, timeMillis);
    return null;
  }

  /** Hands over a sample of the point, or in its place the marker that the series has ended. */
  void sample(Series of, long valueBits) {
    sink.sample(of, timeMillis, startMillis(), isStale ? SampleValue.STALE : valueBits);
  }

  void histogram(MetricFamily family, NativeHistogram histogram) {
    sink.histogram(series.value(family), timeMillis, startMillis(), histogram);
  }

  /** Adds the series that says since when the point counts, if it is wanted and known. */
  void created(MetricFamily family) {
    if (hasCreatedSeries && startUnixNano != 0) {
      long bits = Double.doubleToRawLongBits(startMillis() / 1000.0);
      sink.sample(series.created(family), timeMillis, 0, bits);
    }
  }

  long timeMillis() {
    return timeMillis;
  }

  private long startMillis() {
    return millis(startUnixNano);
  }

  static boolean isStale(int flags) {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  static long millis(long unixNano) {
    return Long.divideUnsigned(unixNano, NANOS_PER_MILLI);
  }
}
