package io.millrace.processor.attributes;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.pdata.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a record has to be like: every criterion that is given must hold. Of the entries of a list
 * one must match, of {@code attributes} and {@code resources} all. Immutable.
 *
 * @param services values of the resource's {@code service.name}; for spans only
 * @param spanNames names of spans
 * @param spanKinds such as {@code SPAN_KIND_SERVER}; for spans only
 * @param logBodies texts of log records' bodies
 * @param logSeverityTexts severities of log records as texts
 * @param metricNames names of metrics
 * @param attributes of the record
 * @param resources attributes of the resource
 * @param libraries scopes
 */
record MatchConfig(
    @Nullable MatchType matchType,
    Regexp regexp,
    List<String> services,
    List<String> spanNames,
    List<String> spanKinds,
    List<String> logBodies,
    List<String> logSeverityTexts,
    @Nullable SeverityNumber logSeverityNumber,
    List<String> metricNames,
    List<Attribute> attributes,
    List<Attribute> resources,
    List<Library> libraries)
    implements RequiredSettings {
  /** How texts are compared. */
  enum MatchType {
    STRICT,
    /** RE2, anywhere in the text. */
    REGEXP
  }

  /**
   * How the answers of patterns are remembered.
   *
   * @param cacheenabled whether the answers for texts seen before are kept
   * @param cachemaxnumentries the most texts remembered per list; 0 for as many as is sensible
   */
  record Regexp(boolean cacheenabled, int cachemaxnumentries) {
    static final Regexp DEFAULT = new Regexp(false, 0);

    Regexp {
      new Checks().atLeast("cachemaxnumentries", cachemaxnumentries, 0).throwIfAny();
    }
  }

  /**
   * The severities that match.
   *
   * @param min the least, as a number of the specification
   * @param matchUndefined whether records without a severity match
   */
  record SeverityNumber(int min, boolean matchUndefined) {
    static final SeverityNumber DEFAULT = new SeverityNumber(0, false);
  }

  /**
   * An attribute that must be there.
   *
   * @param key of the attribute
   * @param value that it must have; absent for any
   */
  record Attribute(String key, @Nullable Object value) {
    Attribute {
      new Checks().notBlank("key", key, "the attribute's key").throwIfAny();
    }
  }

  /**
   * A scope.
   *
   * @param name of the scope
   * @param version that it must have; absent for any
   */
  record Library(String name, @Nullable String version) {}

  static final MatchConfig DEFAULT =
      new MatchConfig(
          null,
          Regexp.DEFAULT,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static final Set<String> SPAN_KINDS =
      Set.of(
          "SPAN_KIND_CLIENT",
          "SPAN_KIND_CONSUMER",
          "SPAN_KIND_INTERNAL",
          "SPAN_KIND_PRODUCER",
          "SPAN_KIND_SERVER");

  MatchConfig {
    Checks checks = new Checks();
    if (matchType == MatchType.REGEXP) {
      patterns(checks, "services", services);
      patterns(checks, "span_names", spanNames);
      patterns(checks, "span_kinds", spanKinds);
      patterns(checks, "log_bodies", logBodies);
      patterns(checks, "log_severity_texts", logSeverityTexts);
      patterns(checks, "metric_names", metricNames);
      attributes(checks, "attributes", attributes);
      attributes(checks, "resources", resources);
      for (Library library : libraries) {
        pattern(checks, "libraries", library.name());
        pattern(checks, "libraries", library.version() == null ? "" : library.version());
      }
    }
    if (matchType == MatchType.STRICT) {
      for (String kind : spanKinds) {
        checks.that(
            SPAN_KINDS.contains(kind),
            "span_kinds",
            kind,
            String.join(", ", SPAN_KINDS.stream().sorted().toList()));
      }
    }
    checks.throwIfAny();
  }

  private static void patterns(Checks checks, String key, List<String> patterns) {
    patterns.forEach(pattern -> pattern(checks, key, pattern));
  }

  private static void attributes(Checks checks, String key, List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      if (attribute.value() instanceof String pattern) {
        pattern(checks, key, pattern);
      } else {
        checks.that(
            attribute.value() == null,
            key,
            attribute.value(),
            "a pattern of RE2, in quotes, with match_type: regexp");
      }
    }
  }

  private static void pattern(Checks checks, String key, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      checks.that(false, key, pattern, "a pattern of RE2: " + e.getDescription());
    }
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.present("match_type", matchType, "strict or regexp");
  }

  /** Checks that the signal has what is asked for; {@code section} is this one's key. */
  void check(Checks checks, String section, Signal signal) {
    boolean isTraces = signal == Signal.TRACES;
    boolean isLogs = signal == Signal.LOGS;
    boolean isMetrics = signal == Signal.METRICS;
    Applicable applicable = new Applicable(checks, section, signal);
    applicable.check("services", !services.isEmpty(), isTraces);
    applicable.check("span_names", !spanNames.isEmpty(), isTraces);
    applicable.check("span_kinds", !spanKinds.isEmpty(), isTraces);
    applicable.check("log_bodies", !logBodies.isEmpty(), isLogs);
    applicable.check("log_severity_texts", !logSeverityTexts.isEmpty(), isLogs);
    applicable.check("log_severity_number", logSeverityNumber != null, isLogs);
    applicable.check("metric_names", !metricNames.isEmpty(), isMetrics);
    applicable.check("attributes", !attributes.isEmpty(), !isMetrics);
    applicable.check("libraries", !libraries.isEmpty(), !isMetrics);
    applicable.check("resources", !resources.isEmpty(), true);
    checks.that(applicable.isAnyGiven, section, "without a criterion", expected(signal));
  }

  private static String expected(Signal signal) {
    return switch (signal) {
      case TRACES -> "services, span_names, span_kinds, attributes, resources or libraries";
      case LOGS ->
          "log_bodies, log_severity_texts, log_severity_number, attributes, resources or libraries";
      case METRICS, PROFILES -> "metric_names or resources";
    };
  }

  /** Collects which criteria are given, and complains of those the signal does not have. */
  private static final class Applicable {
    private final Checks checks;
    private final String section;
    private final Signal signal;
    private boolean isAnyGiven;

    Applicable(Checks checks, String section, Signal signal) {
      this.checks = checks;
      this.section = section;
      this.signal = signal;
    }

    void check(String key, boolean isGiven, boolean exists) {
      isAnyGiven |= isGiven;
      checks.that(
          exists || !isGiven,
          section + "." + key,
          "in a pipeline of " + signal.id().toLowerCase(Locale.ROOT),
          expected(signal));
    }
  }
}
