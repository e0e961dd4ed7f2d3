package io.millrace.telemetry;

import java.util.Locale;

/**
 * Writes a registry in the Prometheus text format 0.0.4.
 *
 * <p>Source: <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus
 * exposition formats</a>.
 */
public final class PrometheusText {
  /** The {@code Content-Type} of what {@link #write} returns. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private PrometheusText() {}

  /** Returns every series with its present value, families in the order of their names. */
  public static String write(MetricRegistry registry) {
    StringBuilder out = new StringBuilder();
    registry.families().forEach((name, family) -> writeFamily(out, name, family));
    return out.toString();
  }

  private static void writeFamily(StringBuilder out, String name, MetricRegistry.Family family) {
    out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
    out.append("# TYPE ")
        .append(name)
        .append(' ')
        .append(family.type.name().toLowerCase(Locale.ROOT))
        .append('\n');
    family.counters.forEach((labels, counter) -> writeSample(out, name, labels, counter.value()));
    family.upDownCounters.forEach((labels, sum) -> writeSample(out, name, labels, sum.value()));
    family.observed.forEach((labels, value) -> writeSample(out, name, labels, value.get()));
    family.histograms.forEach((labels, histogram) -> writeHistogram(out, name, labels, histogram));
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

  private static void writeSample(StringBuilder out, String name, String labels, Number value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }
}
