package io.millrace.processor.tailsampling;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.processor.tailsampling.PolicySections.And;
import io.millrace.processor.tailsampling.PolicySections.BooleanAttribute;
import io.millrace.processor.tailsampling.PolicySections.BytesLimiting;
import io.millrace.processor.tailsampling.PolicySections.Composite;
import io.millrace.processor.tailsampling.PolicySections.Drop;
import io.millrace.processor.tailsampling.PolicySections.Latency;
import io.millrace.processor.tailsampling.PolicySections.Not;
import io.millrace.processor.tailsampling.PolicySections.NumericAttribute;
import io.millrace.processor.tailsampling.PolicySections.OttlCondition;
import io.millrace.processor.tailsampling.PolicySections.Probabilistic;
import io.millrace.processor.tailsampling.PolicySections.RateLimiting;
import io.millrace.processor.tailsampling.PolicySections.SpanCount;
import io.millrace.processor.tailsampling.PolicySections.StatusCodes;
import io.millrace.processor.tailsampling.PolicySections.StringAttribute;
import io.millrace.processor.tailsampling.PolicySections.TraceState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One policy, at the top or inside another one: its name, its type, and the section of that type,
 * which is not {@code null} once the configuration is loaded. Immutable.
 *
 * @param name for metrics; no two policies at the top have the same
 */
record PolicyConfig(
    String name,
    PolicyType type,
    @Nullable Latency latency,
    @Nullable NumericAttribute numericAttribute,
    @Nullable Probabilistic probabilistic,
    @Nullable StatusCodes statusCode,
    @Nullable StringAttribute stringAttribute,
    @Nullable BooleanAttribute booleanAttribute,
    @Nullable TraceState traceState,
    @Nullable SpanCount spanCount,
    @Nullable OttlCondition ottlCondition,
    @Nullable RateLimiting rateLimiting,
    @Nullable BytesLimiting bytesLimiting,
    @Nullable And and,
    @Nullable Not not,
    @Nullable Drop drop,
    @Nullable Composite composite)
    implements RequiredSettings {
  PolicyConfig {
    Checks checks = new Checks().notBlank("name", name, "a name");
    List<@Nullable Object> sections =
        Arrays.asList(
            null,
            latency,
            numericAttribute,
            probabilistic,
            statusCode,
            stringAttribute,
            booleanAttribute,
            traceState,
            null,
            spanCount,
            ottlCondition,
            rateLimiting,
            bytesLimiting,
            and,
            not,
            drop,
            composite);
    PolicyType[] types = PolicyType.values();
    for (int i = 0; i < types.length; i++) {
      PolicyType other = types[i];
      boolean isForeign = other != type && sections.get(i) != null;
      checks.that(!isForeign, other.key(), "a section", "none in a policy of type " + type.key());
    }
    checks.throwIfAny();
  }

  @Override
  public void checkRequired(Checks checks) {
    if (type.hasSection()) {
      checks.present(type.key(), section(), "the section of a policy of type " + type.key());
    }
  }

  private @Nullable Object section() {
    return switch (type) {
      case ALWAYS_SAMPLE, TRACE_FLAGS -> null;
      case LATENCY -> latency;
      case NUMERIC_ATTRIBUTE -> numericAttribute;
      case PROBABILISTIC -> probabilistic;
      case STATUS_CODE -> statusCode;
      case STRING_ATTRIBUTE -> stringAttribute;
      case BOOLEAN_ATTRIBUTE -> booleanAttribute;
      case TRACE_STATE -> traceState;
      case SPAN_COUNT -> spanCount;
      case OTTL_CONDITION -> ottlCondition;
      case RATE_LIMITING -> rateLimiting;
      case BYTES_LIMITING -> bytesLimiting;
      case AND -> and;
      case NOT -> not;
      case DROP -> drop;
      case COMPOSITE -> composite;
    };
  }

  /** Returns the section of the policy's type. */
  <S> S section(Class<S> sectionType) {
    return sectionType.cast(Objects.requireNonNull(section(), type.key()));
  }

  /** Returns the policies right inside this one. */
  List<PolicyConfig> inner() {
    return switch (section()) {
      case And section -> section.andSubPolicy();
      case Not section -> List.of(section.notSubPolicy());
      case Drop section -> section.dropSubPolicy();
      case Composite section -> section.compositeSubPolicy();
      case null, default -> List.of();
    };
  }

  /** Returns whether it holds for this policy or for one inside, however deep. */
  boolean anyMatch(Predicate<PolicyConfig> predicate) {
    return predicate.test(this) || inner().stream().anyMatch(policy -> policy.anyMatch(predicate));
  }

  /**
   * Returns whether the decision depends on more than which spans the trace has had so far: more
   * spans can take back what fewer have decided, or other traces count.
   */
  boolean isStateful() {
    return anyMatch(policy ->
        switch (policy.section()) {
          case Latency section -> section.upperThresholdMs() > 0;
          case SpanCount section -> section.maxSpans() > 0;
          case RateLimiting _, BytesLimiting _, Composite _ -> true;
          case null, default -> false;
        });
  }
}
