package io.millrace.exporter.promtranslation;

import java.util.List;
import java.util.Map;

/**
 * What an exporter of metrics to Prometheus lets its user choose. Immutable.
 *
 * @param namespace put in front of every metric name; empty for none
 * @param preservesUnderscores keep several underscores in a row in label names
 * @param sanitizesLeadingUnderscore put {@code key} in front of label names with one of them
 * @param promotion which attributes of the resource become labels of every series
 * @param externalLabels added where a series has no label of that name
 * @param targetInfo whether each resource gets a series {@code target_info}
 * @param scopeLabels whether series carry {@code otel_scope_name} and the rest of the scope
 * @param createdSeries whether counters, histograms and summaries get a series {@code _created}
 * @param openMetricsBounds whether {@code le} and {@code quantile} of a whole number end in {@code
 *     .0}, as Prometheus 3 stores what it scrapes
 * @param customBuckets whether classic histograms become native ones with the same buckets, where
 *     the protocol has them
 * @param typeAndUnitLabels whether series carry {@code __type__} and {@code __unit__}
 */
public record TranslationConfig(
    TranslationStrategy strategy,
    String namespace,
    boolean preservesUnderscores,
    boolean sanitizesLeadingUnderscore,
    Promotion promotion,
    Map<String, String> externalLabels,
    boolean targetInfo,
    boolean scopeLabels,
    boolean createdSeries,
    boolean openMetricsBounds,
    boolean customBuckets,
    boolean typeAndUnitLabels) {
  /**
   * Which attributes of a resource become labels.
   *
   * @param all every attribute but those in {@code keys}; otherwise those in {@code keys} alone
   */
  public record Promotion(boolean all, List<String> keys) {
    public static final Promotion NONE = new Promotion(false, List.of());

    public Promotion {
      keys = List.copyOf(keys);
    }

    boolean includes(String key) {
      return keys.contains(key) != all;
    }
  }

  /** The defaults of Prometheus' OTLP endpoint, with scopes as the specification has them. */
  public static final TranslationConfig DEFAULT =
      new TranslationConfig(
          TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          "",
          true,
          true,
          Promotion.NONE,
          Map.of(),
          true,
          true,
          false,
          false,
          false,
          false);

  public TranslationConfig {
    externalLabels = Map.copyOf(externalLabels);
  }

  LabelNamer labelNamer() {
    return new LabelNamer(strategy.escapes(), preservesUnderscores, sanitizesLeadingUnderscore);
  }
}
