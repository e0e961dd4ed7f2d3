package io.millrace.exporter.promtranslation;

import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The families of the metrics seen lately, by name, unit and type; forgets all when they grow too
 * many. Confined to one thread.
 */
final class MetricFamilies {
  private static final int FAMILIES_MAX = 8192;
  private static final String TYPE_KEY = "prometheus.type";

  private final MetricNamer namer;
  private final boolean typeAndUnitLabels;
  private final Map<BytesKey, Optional<MetricFamily>> families = new HashMap<>();
  private final ByteAppender key = new ByteAppender(256);
  private final BytesKey lookUp = new BytesKey();
  private final AttributeView attribute = new AttributeView();

  MetricFamilies(MetricNamer namer, boolean typeAndUnitLabels) {
    this.namer = namer;
    this.typeAndUnitLabels = typeAndUnitLabels;
  }

  /** Returns the family of a metric; empty when no name can be made. */
  Optional<MetricFamily> of(MetricView metric) {
    MetricType type = type(metric);
    key.truncate(0);
    key.putAscii(type.name());
    key.put(0);
    put(metric.unit());
    key.put(0);
    put(metric.name());
    lookUp.wrap(key.bytes(), 0, key.length(), 0);
    Optional<MetricFamily> known = families.get(lookUp);
    return known != null ? known : add(metric, type);
  }

  private void put(ByteRange text) {
    key.put(text.bytes(), text.offset(), text.length());
  }

  private Optional<MetricFamily> add(MetricView metric, MetricType type) {
    if (families.size() >= FAMILIES_MAX) {
      families.clear();
    }
    String unit = metric.unit().utf8();
    Optional<MetricFamily> family =
        Optional.ofNullable(namer.name(metric.name().utf8(), unit, type))
            .map(name ->
                new MetricFamily(
                    name,
                    type,
                    UnitWords.of(unit).joined(),
                    metric.description().utf8(),
                    typeAndUnitLabels));
    families.put(lookUp.copy(), family);
    return family;
  }

  private MetricType type(MetricView metric) {
    return switch (metric.kind()) {
      case SUM -> metric.isMonotonic() ? MetricType.COUNTER : MetricType.NON_MONOTONIC_SUM;
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> MetricType.HISTOGRAM;
      case SUMMARY -> MetricType.SUMMARY;
      case GAUGE -> gauge(metric.metadata());
      case NOT_SET -> MetricType.UNKNOWN;
    };
  }

  /** What was scraped keeps its type in the metadata, where OTLP has only gauges. */
  private MetricType gauge(RangeCursor metadata) {
    while (metadata.next(attribute)) {
      if (attribute.key().utf8().equals(TYPE_KEY)) {
        return switch (attribute.value().stringValue().utf8()) {
          case "unknown" -> MetricType.UNKNOWN;
          case "info" -> MetricType.INFO;
          case "stateset" -> MetricType.STATESET;
          default -> MetricType.GAUGE;
        };
      }
    }
    return MetricType.GAUGE;
  }
}
