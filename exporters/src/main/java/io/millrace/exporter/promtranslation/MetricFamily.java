package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A metric under its Prometheus name, with the names of the series it may have. Built once per name
 * and kept. Immutable.
 */
public final class MetricFamily {
  private static final String NAME = "__name__";
  private static final String TYPE = "__type__";
  private static final String UNIT = "__unit__";
  private static final byte[] NAME_BYTES = NAME.getBytes(US_ASCII);
  private static final byte[] UNIT_BYTES = UNIT.getBytes(US_ASCII);
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

  MetricFamily(String name, MetricType type, String unit, String help, boolean typeAndUnitLabels) {
    this.name = name;
    this.type = type;
    this.unit = unit;
    this.help = help;
    Map<String, String> more = typeAndUnitLabels ? typeAndUnit() : Map.of();
    value = named(name, more);
    sum = named(name + "_sum", more);
    count = named(name + "_count", more);
    bucket = named(name + "_bucket", more);
    created = named(withoutTotal(name) + "_created", more);
    laneHash = EncodedLabel.of(NAME, SUFFIXES.matcher(name).replaceFirst("")).hash();
  }

  /** Returns the labels that Prometheus has for both where its type-and-unit-labels are on. */
  private Map<String, String> typeAndUnit() {
    Map<String, String> labels = new TreeMap<>();
    if (type != MetricType.UNKNOWN) {
      labels.put(TYPE, type.word());
    }
    if (!unit.isEmpty()) {
      labels.put(UNIT, unit);
    }
    return labels;
  }

  /** Returns the name, and what comes behind it, as one: nothing comes between them. */
  private static EncodedLabel named(String name, Map<String, String> more) {
    EncodedLabel label = EncodedLabel.of(NAME, name);
    for (Map.Entry<String, String> next : more.entrySet()) {
      label = label.with(EncodedLabel.of(next.getKey(), next.getValue()));
    }
    return label;
  }

  /** Returns whether a label's name has its place between the name's and the unit's, or is that. */
  static boolean isReserved(byte[] label, int length) {
    return Arrays.compareUnsigned(label, 0, length, NAME_BYTES, 0, NAME_BYTES.length) >= 0
        && Arrays.compareUnsigned(label, 0, length, UNIT_BYTES, 0, UNIT_BYTES.length) <= 0;
  }

  private static String withoutTotal(String name) {
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  /** The name without the suffixes of histograms and summaries. */
  public String name() {
    return name;
  }

  /** Length of the label with the name, and those with type and unit, in bytes. */
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
