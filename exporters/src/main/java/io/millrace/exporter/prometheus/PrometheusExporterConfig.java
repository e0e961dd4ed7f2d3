package io.millrace.exporter.prometheus;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.exporter.promtranslation.FixedLabels;
import io.millrace.exporter.promtranslation.ResourceConversion;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.promtranslation.TranslationStrategy;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.ServerTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code prometheus} exporter. Immutable.
 *
 * @param endpoint {@code host:port} to listen on; the path is {@code /metrics}
 * @param tls TLS for every scrape; plaintext when the key is absent
 * @param namespace put in front of every metric name
 * @param constLabels added to every series that has no label of that name
 * @param sendTimestamps whether samples carry the times of their points
 * @param metricExpiration how long a series stays after its last point
 * @param enableOpenMetrics whether OpenMetrics is spoken with those who prefer it; of the two text
 *     formats it alone has exemplars
 * @param resourceToTelemetryConversion whether the whole resource becomes labels
 * @param promoteResourceAttributes attributes of the resource that become labels; ours
 * @param addMetricSuffixes the older word for half of {@code translationStrategy}
 * @param translationStrategy how names are made
 * @param withoutScopeInfo whether series go without {@code otel_scope_name} and the like
 * @param maxBytes what is held, and shown in one scrape, at most, and as much again for what adds
 *     up deltas; 0 for a quarter of the process's budget; ours
 */
record PrometheusExporterConfig(
    String endpoint,
    @Nullable ServerTlsConfig tls,
    String namespace,
    Map<String, String> constLabels,
    boolean sendTimestamps,
    Duration metricExpiration,
    boolean enableOpenMetrics,
    ResourceConversion resourceToTelemetryConversion,
    List<String> promoteResourceAttributes,
    boolean addMetricSuffixes,
    String translationStrategy,
    boolean withoutScopeInfo,
    long maxBytes)
    implements RequiredSettings {
  private static final String STRATEGIES =
      "UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes,"
          + " NoUTF8EscapingWithSuffixes or NoTranslation";

  PrometheusExporterConfig {
    constLabels = Map.copyOf(constLabels);
    promoteResourceAttributes = List.copyOf(promoteResourceAttributes);
    Checks checks = new Checks();
    checks
        .that(
            endpoint.isEmpty() || ListenAddress.parse(endpoint) != null,
            "endpoint",
            endpoint,
            ListenAddress.EXPECTED)
        .positive("metric_expiration", metricExpiration)
        .that(
            TranslationStrategy.of(translationStrategy).isPresent(),
            "translation_strategy",
            translationStrategy,
            STRATEGIES)
        .atLeast("max_bytes", maxBytes, 0);
    FixedLabels.check(checks, "const_labels", constLabels);
    checks.throwIfAny();
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.present("endpoint", endpoint, ListenAddress.EXPECTED);
  }

  /** Returns the collector's defaults. There is none for the endpoint. */
  static PrometheusExporterConfig defaults() {
    return new PrometheusExporterConfig(
        "",
        null,
        "",
        Map.of(),
        false,
        Duration.ofMinutes(5),
        false,
        ResourceConversion.DEFAULT,
        List.of(),
        true,
        TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES.word(),
        false,
        0);
  }

  TranslationConfig translation() {
    return new TranslationConfig(
        TranslationStrategy.of(translationStrategy).orElseThrow().withSuffixes(addMetricSuffixes),
        namespace,
        TranslationConfig.DEFAULT.preservesUnderscores(),
        TranslationConfig.DEFAULT.sanitizesLeadingUnderscore(),
        resourceToTelemetryConversion.promotion(promoteResourceAttributes),
        constLabels,
        true,
        !withoutScopeInfo,
        false,
        false,
        false,
        false);
  }
}
