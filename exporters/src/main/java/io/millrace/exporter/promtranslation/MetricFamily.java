package io.millrace.exporter.promtranslation;

import java.util.regex.Pattern;

/**
 * A metric under its Prometheus name, with the names of the series it may have. Built once per name
 * and kept. Immutable.
 */
public final class MetricFamily {
  private static final String NAME = "__name__";
  private static final String TOTAL = "_total";
  private static final Pattern SUFFIXES = Pattern.compile("(_sum|_count|_bucket)+$");

  private final String name;
  private final String unit;
  private final String help;
  private final MetricType type;
  final EncodedLabel value;
  final EncodedLabel sum;
  final EncodedLabel count;
  final EncodedLabel bucket;
  final EncodedLabel created;

  /** The same for every series that could be taken for one of this family's. */
  final long laneHash;

  MetricFamily(String name, MetricType type, String unit, String help) {
    this.name = name;
    this.type = type;
    this.unit = unit;
    this.help = help;
    value = EncodedLabel.of(NAME, name);
    sum = EncodedLabel.of(NAME, name + "_sum");
    count = EncodedLabel.of(NAME, name + "_count");
    bucket = EncodedLabel.of(NAME, name + "_bucket");
    created = EncodedLabel.of(NAME, withoutTotal(name) + "_created");
    laneHash = EncodedLabel.of(NAME, SUFFIXES.matcher(name).replaceFirst("")).hash();
  }

  private static String withoutTotal(String name) {
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  /** The name without the suffixes of histograms and summaries. */
  public String name() {
    return name;
  }

  /** Length of the label with the name, in bytes. */
  int nameBytes() {
    return value.bytes().length;
  }

  public MetricType type() {
    return type;
  }

  /** The unit in words, such as {@code bytes_per_second}; empty for none. */
  public String unit() {
    return unit;
  }

  /** The description that came with the name when it was first seen. */
  public String help() {
    return help;
  }
}
