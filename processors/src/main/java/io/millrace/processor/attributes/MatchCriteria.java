package io.millrace.processor.attributes;

import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueView.Kind;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.MetricView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanView;
import io.millrace.processor.attributes.AttributeCriterion.Attributes;
import io.millrace.processor.attributes.MatchConfig.Library;
import io.millrace.processor.attributes.MatchConfig.SeverityNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one {@code include} or {@code exclude} asks for, compiled. Confined to one thread. */
final class MatchCriteria {
  private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.US_ASCII);

  /** What the collector compares where a resource has no service. */
  private static final String NO_SERVICE = "<nil-service-name>";

  private static final String[] SPAN_KINDS = {
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER"
  };

  private record LibraryCriterion(TextSet name, @Nullable TextSet version) {
    boolean matches(ScopeView scope) {
      return name.matches(scope.name()) && (version == null || version.matches(scope.version()));
    }
  }

  private final AttributeView attribute = new AttributeView();
  private final @Nullable TextSet services;
  private final @Nullable TextSet spanNames;
  private final @Nullable TextSet spanKinds;
  private final @Nullable TextSet logBodies;
  private final @Nullable TextSet logSeverityTexts;
  private final @Nullable SeverityNumber logSeverityNumber;
  private final @Nullable TextSet metricNames;
  private final List<AttributeCriterion> attributes;
  private final List<AttributeCriterion> resources;
  private final List<LibraryCriterion> libraries;

  MatchCriteria(MatchConfig config) {
    services = TextSet.of(config.services(), config);
    spanNames = TextSet.of(config.spanNames(), config);
    spanKinds = TextSet.of(config.spanKinds(), config);
    logBodies = TextSet.of(config.logBodies(), config);
    logSeverityTexts = TextSet.of(config.logSeverityTexts(), config);
    logSeverityNumber = config.logSeverityNumber();
    metricNames = TextSet.of(config.metricNames(), config);
    attributes = AttributeCriterion.of(config.attributes(), config);
    resources = AttributeCriterion.of(config.resources(), config);
    libraries = config.libraries().stream().map(library -> library(library, config)).toList();
  }

  private static LibraryCriterion library(Library library, MatchConfig config) {
    String version = library.version();
    return new LibraryCriterion(
        TextSet.ofOne(library.name(), config),
        version == null ? null : TextSet.ofOne(version, config));
  }

  boolean matches(ResourceView resource) {
    return (services == null || matchesService(resource.attributes(), services))
        && AttributeCriterion.allMatch(resources, resource::attributes);
  }

  private boolean matchesService(RangeCursor resourceAttributes, TextSet expected) {
    while (resourceAttributes.next(attribute)) {
      if (attribute.key().contentEquals(SERVICE_NAME)) {
        return matchesText(attribute.value(), expected);
      }
    }
    return expected.matches(NO_SERVICE);
  }

  private static boolean matchesText(AnyValueView value, TextSet expected) {
    return value.kind() == Kind.STRING
        ? expected.matches(value.stringValue())
        : expected.matches(AnyValueText.of(value));
  }

  boolean matches(ScopeView scope) {
    for (LibraryCriterion library : libraries) {
      if (library.matches(scope)) {
        return true;
      }
    }
    return libraries.isEmpty();
  }

  /** Returns whether the span matches; {@code source} are its attributes. */
  boolean matches(SpanView span, Attributes source) {
    return (spanNames == null || spanNames.matches(span.name()))
        && (spanKinds == null || spanKinds.matches(kind(span.kind())))
        && AttributeCriterion.allMatch(attributes, source);
  }

  private static String kind(int kind) {
    return kind >= 0 && kind < SPAN_KINDS.length ? SPAN_KINDS[kind] : "";
  }

  /** Returns whether the log record matches; {@code source} are its attributes. */
  boolean matches(LogRecordView record, Attributes source) {
    return (logBodies == null || matchesText(record.body(), logBodies))
        && (logSeverityTexts == null || logSeverityTexts.matches(record.severityText()))
        && (logSeverityNumber == null || matches(logSeverityNumber, record.severityNumber()))
        && AttributeCriterion.allMatch(attributes, source);
  }

  private static boolean matches(SeverityNumber expected, int severity) {
    return severity == 0 ? expected.matchUndefined() : severity >= expected.min();
  }

  boolean matches(MetricView metric) {
    return metricNames == null || metricNames.matches(metric.name());
  }
}
