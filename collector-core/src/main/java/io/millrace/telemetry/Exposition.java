package io.millrace.telemetry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A form in which a registry is written.
 *
 * <p>Names are the same in every form, so that nobody's dashboard depends on what a scraper asks
 * for. OpenMetrics wants counters to end in {@code _total}, which the collector's do not: those are
 * of unknown type there, which changes nothing for {@code rate}.
 *
 * <p>Sources: <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus
 * exposition formats</a>, <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>.
 */
public enum Exposition {
  /** Prometheus' text format 0.0.4. */
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /** OpenMetrics 1.0. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final String TOTAL = "_total";

  private final String contentType;

  Exposition(String contentType) {
    this.contentType = contentType;
  }

  /** Returns the form for a scraper with this {@code Accept} header. */
  public static Exposition of(@Nullable String accept) {
    boolean isOpenMetrics = accept != null && accept.contains("application/openmetrics-text");
    return isOpenMetrics ? OPEN_METRICS : TEXT;
  }

  /** Returns the {@code Content-Type} of what {@link #write} returns. */
  public String contentType() {
    return contentType;
  }

  /**
   * Returns every series with its present value, families in the order of their names.
   *
   * @param names how counters are called
   */
  public String write(MetricRegistry registry, CounterNames names) {
    StringBuilder out = new StringBuilder();
    registry
        .families()
        .forEach((name, family) -> writeFamily(out, names.of(name, family.type), family));
    return this == OPEN_METRICS ? out.append("# EOF\n").toString() : out.toString();
  }

  private void writeFamily(StringBuilder out, String name, MetricRegistry.Family family) {
    String type = family.type.name().toLowerCase(Locale.ROOT);
    String described = name;
    if (this == OPEN_METRICS && family.type == MetricRegistry.Type.COUNTER) {
      boolean isTotal = name.endsWith(TOTAL);
      type = isTotal ? type : "unknown";
      described = isTotal ? name.substring(0, name.length() - TOTAL.length()) : name;
    }
    out.append("# HELP ").append(described).append(' ').append(family.help).append('\n');
    out.append("# TYPE ").append(described).append(' ').append(type).append('\n');
    family.counters.forEach((labels, counter) -> writeSample(out, name, labels, counter.value()));
    family.upDownCounters.forEach((labels, sum) -> writeSample(out, name, labels, sum.value()));
    family.observed.forEach((labels, value) -> writeSample(out, name, labels, value.get()));
    family.histograms.forEach((labels, histogram) -> writeHistogram(out, name, labels, histogram));
    family.summaries.forEach((labels, summary) -> {
      writeSample(out, name + "_sum", labels, summary.sum().get());
      writeSample(out, name + "_count", labels, summary.count().get());
    });
  }

  private static void writeHistogram(
      StringBuilder out, String name, String labels, Histogram histogram) {
    String before = labels.isEmpty() ? "{" : labels.substring(0, labels.length() - 1) + ",";
    long count = 0;
    for (int i = 0; i < histogram.buckets(); i++) {
      count += histogram.count(i);
      String block = before + "le=\"" + histogram.bound(i) + "\"}";
      writeSample(out, name + "_bucket", block, count);
    }
    writeSample(out, name + "_sum", labels, histogram.sum());
    writeSample(out, name + "_count", labels, count);
  }

  private static void writeSample(StringBuilder out, String name, String labels, Object value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }

  /** How counters are called. */
  public enum CounterNames {
    /** As they were registered: the collector's without {@code _total}. */
    PLAIN,
    /** All of them with {@code _total}. */
    WITH_TOTAL;

    private String of(String name, MetricRegistry.Type type) {
      boolean isAppended =
          this == WITH_TOTAL && type == MetricRegistry.Type.COUNTER && !name.endsWith(TOTAL);
      return isAppended ? name + TOTAL : name;
    }
  }
}
