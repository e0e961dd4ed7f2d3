package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Keeps series as lines: {@code name{label="value"} 1.5 @1000}, {@code stale} for a marker; {@code
 * # labels value @time} for an exemplar, {@code ! reason metric} for a rejected point.
 */
final class TextSink implements SeriesSink {
  final List<String> lines = new ArrayList<>();
  final List<Long> lanes = new ArrayList<>();

  @Override
  public boolean startPoint(int item) {
    return true;
  }

  @Override
  public void rejected(Rejection rejection, String metric) {
    lines.add("! " + rejection.word() + " " + metric);
  }

  @Override
  public void series(Series labels, MetricFamily family, PointShape shape) {
    lanes.add(labels.laneHash(family));
  }

  @Override
  public void extraSeries(Series labels, MetricFamily family) {}

  @Override
  public void sample(Series series, long timestampMillis, long startMillis, long valueBits) {
    lines.add(text(series) + " " + value(valueBits) + " @" + timestampMillis);
  }

  @Override
  public void histogram(
      Series series, long timestampMillis, long startMillis, NativeHistogram histogram) {
    lines.add(
        "%s count:%d sum:%s schema:%d zero:%s/%d positive:%d negative:%d @%d"
            .formatted(
                text(series),
                histogram.count(),
                value(histogram.sumBits()),
                histogram.schema(),
                histogram.zeroThreshold(),
                histogram.zeroCount(),
                histogram.positive().total(),
                histogram.negative().total(),
                timestampMillis));
  }

  @Override
  public void exemplar(
      ByteAppender labels, int offset, int length, long timestampMillis, long valueBits) {
    lines.add(
        "# "
            + labels(labels.bytes(), offset, length)
            + " "
            + value(valueBits)
            + " @"
            + timestampMillis);
  }

  private static String value(long bits) {
    return bits == SampleValue.STALE ? "stale" : Double.toString(Double.longBitsToDouble(bits));
  }

  private static String text(Series series) {
    ByteAppender bytes = new ByteAppender(16);
    series.appendTo(bytes);
    return labels(bytes.bytes(), 0, bytes.length());
  }

  private static String labels(byte[] bytes, int offset, int length) {
    WireReader in = new WireReader().wrap(bytes, offset, length);
    StringJoiner text = new StringJoiner(",", "{", "}");
    String metric = "";
    while (in.readTag() != 0) {
      int outer = in.enterMessage();
      in.readTag();
      String name = string(bytes, in);
      in.readTag();
      String value = string(bytes, in);
      in.leaveMessage(outer);
      if (name.equals("__name__")) {
        metric = value;
      } else {
        text.add(name + "=\"" + value + '"');
      }
    }
    return metric + text;
  }

  private static String string(byte[] bytes, WireReader in) {
    int length = in.readLength();
    String text = new String(bytes, in.position(), length, UTF_8);
    in.advance(length);
    return text;
  }
}
