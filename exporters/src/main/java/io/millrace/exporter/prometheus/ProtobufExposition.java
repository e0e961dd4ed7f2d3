package io.millrace.exporter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.prometheus.ClientTags.Bucket;
import io.millrace.exporter.prometheus.ClientTags.Exemplar;
import io.millrace.exporter.prometheus.ClientTags.Histogram;
import io.millrace.exporter.prometheus.ClientTags.Metric;
import io.millrace.exporter.prometheus.ClientTags.Summary;
import io.millrace.exporter.prometheus.ClientTags.Timestamp;
import io.millrace.exporter.prometheus.ClientTags.Value;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.MetricType;
import io.millrace.wire.ByteAppender;

/**
 * Messages {@code io.prometheus.client.MetricFamily}, each behind its length. Labels are encoded as
 * they are stored.
 *
 * <p>Source: {@code metrics.proto} of Prometheus' client model.
 */
final class ProtobufExposition implements Exposition {
  private static final int TYPE_COUNTER = 0;
  private static final int TYPE_GAUGE = 1;
  private static final int TYPE_SUMMARY = 2;
  private static final int TYPE_UNTYPED = 3;
  private static final int TYPE_HISTOGRAM = 4;
  private static final long MILLIS = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final ByteAppender out;
  private final Negotiation negotiated;
  private final boolean hasTimestamps;

  /** Messages under construction, the inner ones in the later appenders. */
  private final ByteAppender family = new ByteAppender(64 * 1024);

  private final ByteAppender metric = new ByteAppender(1024);
  private final ByteAppender data = new ByteAppender(1024);
  private final ByteAppender element = new ByteAppender(256);
  private final ByteAppender exemplar = new ByteAppender(256);
  private final ByteAppender time = new ByteAppender(32);
  private MetricType type = MetricType.UNKNOWN;

  ProtobufExposition(ByteAppender out, Negotiation negotiated, boolean hasTimestamps) {
    this.out = out;
    this.negotiated = negotiated;
    this.hasTimestamps = hasTimestamps;
  }

  @Override
  public String contentType() {
    return negotiated.contentType();
  }

  @Override
  public void startFamily(StoredFamily stored) {
    MetricFamily of = stored.family;
    type = StoredFamily.shown(of.type());
    family.truncate(0);
    text(ClientTags.MetricFamily.NAME, LabelText.name(of.name(), negotiated.allowsUtf8()));
    text(ClientTags.MetricFamily.HELP, of.help());
    family.put(ClientTags.MetricFamily.TYPE);
    family.put(typeNumber());
    text(ClientTags.MetricFamily.UNIT, of.unit());
  }

  private void text(int tag, String text) {
    if (!text.isEmpty()) {
      byte[] utf8 = text.getBytes(UTF_8);
      family.put(tag);
      family.putVarint(utf8.length);
      family.put(utf8);
    }
  }

  private int typeNumber() {
    return switch (type) {
      case COUNTER -> TYPE_COUNTER;
      case SUMMARY -> TYPE_SUMMARY;
      case HISTOGRAM -> TYPE_HISTOGRAM;
      case UNKNOWN -> TYPE_UNTYPED;
      case GAUGE, NON_MONOTONIC_SUM, INFO, STATESET -> TYPE_GAUGE;
    };
  }

  @Override
  public void point(StoredPoint point) {
    PointValues values = point.values;
    metric.truncate(0);
    metric.put(point.key.bytes(), 0, point.key.length());
    data.truncate(0);
    switch (type) {
      case HISTOGRAM -> histogram(values);
      case SUMMARY -> summary(values);
      case COUNTER -> counter(values);
      case UNKNOWN -> value(values, Metric.UNTYPED);
      case GAUGE, NON_MONOTONIC_SUM, INFO, STATESET -> value(values, Metric.GAUGE);
    }
    if (hasTimestamps) {
      metric.put(Metric.TIMESTAMP_MS);
      metric.putVarint(values.timeMillis);
    }
    putMessage(family, ClientTags.MetricFamily.METRIC, metric);
  }

  private void value(PointValues values, int tag) {
    putFixed64(data, Value.VALUE, values.value);
    putMessage(metric, tag, data);
  }

  private void counter(PointValues values) {
    putFixed64(data, Value.VALUE, values.value);
    int at = values.exemplars.latestOf(0);
    if (at >= 0) {
      putExemplar(data, Value.EXEMPLAR, values.exemplars, at);
    }
    putTime(data, Value.CREATED_TIMESTAMP, values.startMillis);
    putMessage(metric, Metric.COUNTER, data);
  }

  private void summary(PointValues values) {
    putWhole(data, Summary.SAMPLE_COUNT, values.count);
    putFixed64(data, Summary.SAMPLE_SUM, values.sum);
    for (int i = 0; i < values.size; i++) {
      element.truncate(0);
      putFixed64(element, Summary.OF_QUANTILE, bits(values.numbers[i]));
      putFixed64(element, Summary.VALUE_OF_QUANTILE, values.values[i]);
      putMessage(data, Summary.QUANTILE, element);
    }
    putTime(data, Summary.CREATED_TIMESTAMP, values.startMillis);
    putMessage(metric, Metric.SUMMARY, data);
  }

  private void histogram(PointValues values) {
    StoredExemplars exemplars = values.exemplars;
    if (values.isNative()) {
      data.put(values.nativeHistogram.bytes(), 0, values.nativeHistogram.length());
      for (int i = 0; i < exemplars.size(); i++) {
        putExemplar(data, Histogram.EXEMPLARS, exemplars, i);
      }
    } else {
      putWhole(data, Histogram.SAMPLE_COUNT, values.count);
      putFixed64(data, Histogram.SAMPLE_SUM, values.hasSum ? values.sum : 0);
      for (int i = 0; i < values.size; i++) {
        bucket(values, i);
      }
    }
    putTime(data, Histogram.CREATED_TIMESTAMP, values.startMillis);
    putMessage(metric, Metric.HISTOGRAM, data);
  }

  private void bucket(PointValues values, int at) {
    element.truncate(0);
    putWhole(element, Bucket.CUMULATIVE_COUNT, values.values[at]);
    putFixed64(element, Bucket.UPPER_BOUND, bits(values.numbers[at]));
    int latest = values.exemplars.latestOf(at);
    if (latest >= 0) {
      putExemplar(element, Bucket.EXEMPLAR, values.exemplars, latest);
    }
    putMessage(data, Histogram.BUCKET, element);
  }

  private void putExemplar(ByteAppender target, int tag, StoredExemplars exemplars, int at) {
    exemplar.truncate(0);
    exemplar.put(exemplars.labels.bytes(), exemplars.start(at), exemplars.length(at));
    putFixed64(exemplar, Exemplar.VALUE, exemplars.value(at));
    putTime(exemplar, Exemplar.TIMESTAMP, exemplars.time(at));
    putMessage(target, tag, exemplar);
  }

  private void putTime(ByteAppender target, int tag, long millis) {
    if (millis <= 0) {
      return;
    }
    time.truncate(0);
    time.put(Timestamp.SECONDS);
    time.putVarint(millis / MILLIS);
    time.put(Timestamp.NANOS);
    time.putVarint(millis % MILLIS * NANOS_PER_MILLI);
    putMessage(target, tag, time);
  }

  /** Counts are whole, but kept as doubles. */
  private static void putWhole(ByteAppender target, int tag, long valueBits) {
    target.put(tag);
    target.putVarint((long) Double.longBitsToDouble(valueBits));
  }

  private static void putFixed64(ByteAppender target, int tag, long bits) {
    target.put(tag);
    target.putFixed64(bits);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void putMessage(ByteAppender target, int tag, ByteAppender content) {
    target.putVarint(tag);
    target.putVarint(content.length());
    target.put(content.bytes(), 0, content.length());
  }

  @Override
  public void endFamily() {
    out.putVarint(family.length());
    out.put(family.bytes(), 0, family.length());
  }

  @Override
  public void end() {}
}
