package io.millrace.processor.tailsampling;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Makes conditions of the configuration, and collects the tests of spans that they rely on.
 * Confined to the building thread.
 */
final class PolicyCompiler {
  private final SpanTests tests;
  private final boolean isConsistent;

  /**
   * Creates a compiler.
   *
   * @param tests to which those that the policies rely on are added
   * @param isConsistent whether traces are chosen by their randomness
   */
  PolicyCompiler(SpanTests tests, boolean isConsistent) {
    this.tests = tests;
    this.isConsistent = isConsistent;
  }

  /** Returns the policies in the order of their evaluation: those that drop come first. */
  List<Policy> compile(List<PolicyConfig> configs) {
    List<Policy> policies = new ArrayList<>();
    for (boolean isDrop : new boolean[] {true, false}) {
      for (PolicyConfig config : configs) {
        if (isDrop == (config.type() == PolicyType.DROP)) {
          policies.add(new Policy(config.name(), condition(config, isDrop), parts(config), isDrop));
        }
      }
    }
    return policies;
  }

  private static List<String> parts(PolicyConfig policy) {
    return policy.type() == PolicyType.COMPOSITE
        ? policy.inner().stream().map(PolicyConfig::name).toList()
        : List.of();
  }

  /** Makes a condition; {@code isNegated} if it is its opposite that keeps a trace. */
  private Condition condition(PolicyConfig policy, boolean isNegated) {
    return switch (policy.type()) {
      case ALWAYS_SAMPLE -> Conditions.ALWAYS;
      case LATENCY -> latency(policy.section(Latency.class));
      case NUMERIC_ATTRIBUTE -> numeric(policy.section(NumericAttribute.class));
      case PROBABILISTIC -> probabilistic(policy.section(Probabilistic.class), isNegated);
      case STATUS_CODE -> any(SpanTest.status(policy.section(StatusCodes.class).statusCodes()));
      case STRING_ATTRIBUTE -> string(policy.section(StringAttribute.class));
      case BOOLEAN_ATTRIBUTE -> bool(policy.section(BooleanAttribute.class));
      case TRACE_STATE -> traceState(policy.section(TraceState.class));
      case TRACE_FLAGS -> any(SpanTest.sampledFlag());
      case SPAN_COUNT -> spanCount(policy.section(SpanCount.class));
      case OTTL_CONDITION -> ottl(policy.section(OttlCondition.class));
      case RATE_LIMITING -> Limiter.ofSpans(policy.section(RateLimiting.class), cutoff());
      case BYTES_LIMITING -> Limiter.ofBytes(policy.section(BytesLimiting.class), cutoff());
      case AND -> Conditions.and(conditions(policy.section(And.class).andSubPolicy(), isNegated));
      case NOT -> Conditions.not(condition(policy.section(Not.class).notSubPolicy(), !isNegated));
      case DROP ->
          Conditions.and(conditions(policy.section(Drop.class).dropSubPolicy(), isNegated));
      case COMPOSITE -> composite(policy.section(Composite.class));
    };
  }

  private List<Condition> conditions(List<PolicyConfig> policies, boolean isNegated) {
    return policies.stream().map(policy -> condition(policy, isNegated)).toList();
  }

  private Cutoff cutoff() {
    return new Cutoff(isConsistent);
  }

  private static Condition latency(Latency section) {
    return Conditions.latency(section.thresholdMs(), section.upperThresholdMs());
  }

  private Condition probabilistic(Probabilistic section, boolean isNegated) {
    double percentage = section.samplingPercentage();
    if (!isConsistent) {
      return new HashThreshold(section.hashSalt(), percentage);
    }
    return isNegated
        ? ProbabilityThreshold.lowest(percentage)
        : ProbabilityThreshold.highest(percentage);
  }

  private static Condition spanCount(SpanCount section) {
    return Conditions.spanCount(section.minSpans(), section.maxSpans());
  }

  private Condition numeric(NumericAttribute section) {
    long min = section.minValue() == null ? Long.MIN_VALUE : section.minValue();
    long max = section.maxValue() == null ? Long.MAX_VALUE : section.maxValue();
    return attribute(section.key(), AttributeTest.between(min, max), section.invertMatch());
  }

  private Condition bool(BooleanAttribute section) {
    return attribute(section.key(), AttributeTest.is(section.value()), section.invertMatch());
  }

  private Condition string(StringAttribute section) {
    AttributeTest test =
        section.enabledRegexMatching()
            ? new PatternTest(section.values(), section.cacheMaxSize())
            : new TextTest(section.values());
    return attribute(section.key(), test, section.invertMatch());
  }

  private Condition traceState(TraceState section) {
    return any(SpanTest.traceState(section.key(), section.values()));
  }

  private Condition ottl(OttlCondition section) {
    OttlTest test = new OttlTest(section);
    int number = tests.add(test);
    return test.propagatesErrors()
        ? Conditions.anySpanOrError(number, number + 1)
        : Conditions.anySpan(number);
  }

  private Condition composite(Composite section) {
    List<Condition> conditions = conditions(section.compositeSubPolicy(), false);
    return new CompositeCondition(section, conditions, isConsistent);
  }

  private Condition any(SpanTest test) {
    return Conditions.anySpan(tests.add(test));
  }

  private Condition attribute(String key, AttributeTest test, boolean isInverted) {
    Condition any = Conditions.anySpan(tests.add(key, test));
    return isInverted ? Conditions.not(any) : any;
  }
}
