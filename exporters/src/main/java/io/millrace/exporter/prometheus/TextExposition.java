package io.millrace.exporter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.MetricType;
import io.millrace.wire.ByteAppender;

/**
 * The classic text format, and OpenMetrics, which is nearly the same. Labels become text once per
 * point; no object per sample.
 *
 * <p>Source: Prometheus exposition formats 0.0.4 and 1.0.0; OpenMetrics 1.0.
 */
final class TextExposition implements Exposition {
  private static final String TOTAL = "_total";
  private static final long MILLIS = 1000;

  private final ByteAppender out;
  private final Negotiation negotiated;
  private final boolean hasTimestamps;
  private final boolean isOpenMetrics;
  private final LabelText labelText;
  private final NumberText numbers;
  private final ByteAppender labels = new ByteAppender(512);
  private byte[] name = {};
  private boolean isQuoted;
  private MetricType type = MetricType.UNKNOWN;

  TextExposition(ByteAppender out, Negotiation negotiated, boolean hasTimestamps) {
    this.out = out;
    this.negotiated = negotiated;
    this.hasTimestamps = hasTimestamps;
    isOpenMetrics = negotiated.format() == Negotiation.Format.OPEN_METRICS;
    labelText = new LabelText(negotiated.allowsUtf8());
    numbers = new NumberText(out);
  }

  @Override
  public String contentType() {
    return negotiated.contentType();
  }

  @Override
  public void startFamily(StoredFamily stored) {
    MetricFamily family = stored.family;
    type = StoredFamily.shown(family.type());
    String shown = LabelText.name(family.name(), negotiated.allowsUtf8());
    isQuoted = !LabelText.isClassicName(shown);
    name = shown.getBytes(UTF_8);
    boolean isCounter = type == MetricType.COUNTER;
    String header = shown;
    if (isOpenMetrics && isCounter && shown.endsWith(TOTAL)) {
      header = shown.substring(0, shown.length() - TOTAL.length());
    } else if (isOpenMetrics && isCounter) {
      type = MetricType.UNKNOWN; // a counter of OpenMetrics has the suffix
    }
    if (!family.help().isEmpty()) {
      comment("# HELP ", header);
      LabelText.escape(family.help().getBytes(UTF_8), isOpenMetrics, out);
      out.put('\n');
    }
    comment("# TYPE ", header);
    out.putAscii(typeWord());
    out.put('\n');
  }

  private void comment(String start, String header) {
    out.putAscii(start);
    if (isQuoted) {
      out.put('"');
      LabelText.escape(header.getBytes(UTF_8), true, out);
      out.put('"');
    } else {
      out.put(header.getBytes(UTF_8));
    }
    out.put(' ');
  }

  private String typeWord() {
    return switch (type) {
      case COUNTER -> "counter";
      case HISTOGRAM -> "histogram";
      case SUMMARY -> "summary";
      case UNKNOWN -> isOpenMetrics ? "unknown" : "untyped";
      case GAUGE, NON_MONOTONIC_SUM, INFO, STATESET -> "gauge";
    };
  }

  @Override
  public void point(StoredPoint point) {
    PointValues values = point.values;
    labels.truncate(0);
    labelText.append(point.key.bytes(), 0, point.key.length(), withoutOwn(), labels);
    switch (type) {
      case HISTOGRAM -> histogram(values);
      case SUMMARY -> summary(values);
      default -> {
        start("");
        endLabels();
        finish(values, values.value);
        exemplar(values, 0, type == MetricType.COUNTER);
        out.put('\n');
      }
    }
  }

  /** The label that only the series of this type themselves may have. */
  private String withoutOwn() {
    return switch (type) {
      case HISTOGRAM -> "le";
      case SUMMARY -> "quantile";
      default -> "";
    };
  }

  private void histogram(PointValues values) {
    for (int i = 0; i < values.size; i++) {
      start("_bucket");
      extra("le=\"", values.bounds.text(i, isOpenMetrics));
      endLabels();
      finish(values, values.values[i]);
      exemplar(values, i, true);
      out.put('\n');
    }
    if (values.isNative()) { // its buckets are for protobuf alone
      start("_bucket");
      extra("le=\"", LabelText.INFINITY);
      endLabels();
      finish(values, values.count);
      out.put('\n');
    }
    sumAndCount(values);
  }

  private void summary(PointValues values) {
    for (int i = 0; i < values.size; i++) {
      start("");
      extra("quantile=\"", values.bounds.text(i, isOpenMetrics));
      endLabels();
      finish(values, values.values[i]);
      out.put('\n');
    }
    sumAndCount(values);
  }

  private void sumAndCount(PointValues values) {
    if (values.hasSum) {
      start("_sum");
      endLabels();
      finish(values, values.sum);
      out.put('\n');
    }
    start("_count");
    endLabels();
    finish(values, values.count);
    out.put('\n');
  }

  /** Writes the name and the labels of the point, which {@link #endLabels} ends. */
  private void start(String suffix) {
    if (isQuoted) {
      out.putAscii("{\"");
      LabelText.escape(name, true, out);
      out.putAscii(suffix);
      out.put('"');
      if (labels.length() > 0) {
        out.put(',');
      }
    } else {
      out.put(name);
      out.putAscii(suffix);
      out.put('{');
    }
    out.put(labels.bytes(), 0, labels.length());
  }

  private void extra(String nameAndQuote, byte[] value) {
    if (labels.length() > 0 || isQuoted) {
      out.put(',');
    }
    out.putAscii(nameAndQuote);
    out.put(value);
    out.put('"');
  }

  private void endLabels() {
    out.putAscii("} ");
  }

  private void finish(PointValues values, long valueBits) {
    numbers.value(Double.longBitsToDouble(valueBits));
    if (hasTimestamps) {
      out.put(' ');
      time(values.timeMillis);
    }
  }

  private void time(long millis) {
    if (isOpenMetrics) {
      seconds(millis);
    } else {
      out.putDecimal(millis);
    }
  }

  private void seconds(long millis) {
    long fraction = Math.floorMod(millis, MILLIS);
    out.putDecimal(Math.floorDiv(millis, MILLIS));
    out.put('.');
    out.put('0' + (int) (fraction / 100));
    out.put('0' + (int) (fraction / 10 % 10));
    out.put('0' + (int) (fraction % 10));
  }

  private void exemplar(PointValues values, int owner, boolean isAllowed) {
    StoredExemplars exemplars = values.exemplars;
    int at = isOpenMetrics && isAllowed ? exemplars.latestOf(owner) : -1;
    if (at < 0) {
      return;
    }
    out.putAscii(" # {");
    labelText.append(exemplars.labels.bytes(), exemplars.start(at), exemplars.length(at), "", out);
    out.putAscii("} ");
    numbers.value(Double.longBitsToDouble(exemplars.value(at)));
    out.put(' ');
    seconds(exemplars.time(at));
  }

  @Override
  public void endFamily() {}

  @Override
  public void end() {
    if (isOpenMetrics) {
      out.putAscii("# EOF\n");
    }
  }
}
