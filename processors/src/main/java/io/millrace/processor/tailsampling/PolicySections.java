package io.millrace.processor.tailsampling;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.processor.ottl.ErrorMode;
import io.millrace.processor.ottl.OttlConditions;
import io.millrace.processor.ottl.OttlException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of each type of policy, under the collector's keys and with its defaults. */
final class PolicySections {
  private PolicySections() {}

  /**
   * Longer than {@code thresholdMs}, and at most {@code upperThresholdMs} unless that is 0.
   * Immutable.
   *
   * @param thresholdMs milliseconds; the trace must last longer
   * @param upperThresholdMs milliseconds; the trace must not last longer; 0 for no bound
   */
  record Latency(long thresholdMs, long upperThresholdMs) {
    static final Latency DEFAULT = new Latency(0, 0);

    Latency {
      new Checks()
          .atLeast("threshold_ms", thresholdMs, 0)
          .that(
              upperThresholdMs == 0 || upperThresholdMs > thresholdMs,
              "upper_threshold_ms",
              upperThresholdMs,
              "0 or > threshold_ms")
          .throwIfAny();
    }
  }

  /**
   * A whole number from {@code minValue} to {@code maxValue}; at least one of them. Immutable.
   *
   * @param key of the attribute, of a span or its resource
   * @param minValue the smallest number that matches
   * @param maxValue the largest number that matches
   * @param invertMatch match where no span does
   */
  record NumericAttribute(
      String key, @Nullable Long minValue, @Nullable Long maxValue, boolean invertMatch) {
    NumericAttribute {
      boolean isRange = minValue == null || maxValue == null || minValue <= maxValue;
      new Checks()
          .notBlank("key", key, "an attribute's key")
          .that(minValue != null || maxValue != null, "min_value", null, "min_value or max_value")
          .that(isRange, "max_value", maxValue, ">= min_value")
          .throwIfAny();
    }
  }

  /**
   * So many percent of the traces, by a hash of their id; with {@code consistent}, by their
   * randomness. Immutable.
   *
   * @param hashSalt collectors with the same salt keep the same traces; empty for the default one;
   *     has no effect with {@code consistent}
   * @param samplingPercentage of the traces to keep
   */
  record Probabilistic(String hashSalt, double samplingPercentage) {
    static final Probabilistic DEFAULT = new Probabilistic("", 0);

    Probabilistic {
      new Checks()
          .that(
              samplingPercentage >= 0 && Double.isFinite(samplingPercentage),
              "sampling_percentage",
              samplingPercentage,
              ">= 0")
          .throwIfAny();
    }
  }

  /**
   * One of these codes on any span. Immutable.
   *
   * @param statusCodes of which any span must have one
   */
  record StatusCodes(List<StatusCode> statusCodes) {
    StatusCodes {
      statusCodes = List.copyOf(statusCodes);
      new Checks()
          .that(!statusCodes.isEmpty(), "status_codes", "[]", "OK, ERROR or UNSET, at least one")
          .throwIfAny();
    }
  }

  /**
   * One of these texts, or a text that one of these patterns is found in. Immutable.
   *
   * @param key of the attribute, of a span or its resource
   * @param values texts, or patterns, of which one must match
   * @param enabledRegexMatching values are RE2 patterns, to be found anywhere in the text
   * @param cacheMaxSize answers to remember for patterns
   * @param invertMatch match where no span does
   */
  record StringAttribute(
      String key,
      List<String> values,
      boolean enabledRegexMatching,
      int cacheMaxSize,
      boolean invertMatch)
      implements RequiredSettings {
    static final StringAttribute DEFAULT =
        new StringAttribute("", List.of(), false, CACHE_SIZE, false);

    StringAttribute {
      values = List.copyOf(values);
      Checks checks = new Checks();
      if (enabledRegexMatching) {
        values.forEach(value -> checkPattern(value, checks));
      }
      checks.throwIfAny();
      cacheMaxSize = cacheMaxSize <= 0 ? CACHE_SIZE : cacheMaxSize;
    }

    @Override
    public void checkRequired(Checks checks) {
      checks
          .present("key", key, "an attribute's key")
          .that(!values.isEmpty(), "values", "[]", "at least one value");
    }
  }

  private static final int CACHE_SIZE = 128;

  private static void checkPattern(String value, Checks checks) {
    try {
      Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      checks.that(false, "values", value, "an RE2 pattern: " + e.getDescription());
    }
  }

  /**
   * A boolean of one value. Immutable.
   *
   * @param key of the attribute, of a span or its resource
   * @param value that matches
   * @param invertMatch match where no span does
   */
  record BooleanAttribute(String key, boolean value, boolean invertMatch) {
    BooleanAttribute {
      new Checks().notBlank("key", key, "an attribute's key").throwIfAny();
    }
  }

  /**
   * One of these values under the key in the {@code tracestate} of any span. Immutable.
   *
   * @param key of the vendor
   * @param values of which one must match exactly
   */
  record TraceState(String key, List<String> values) {
    TraceState {
      values = List.copyOf(values);
      new Checks()
          .notBlank("key", key, "a key of tracestate")
          .that(!values.isEmpty(), "values", "[]", "at least one value")
          .throwIfAny();
    }
  }

  /**
   * From {@code minSpans} to {@code maxSpans} spans; 0 for no upper bound. Immutable.
   *
   * @param minSpans fewest spans of a trace that matches
   * @param maxSpans most spans of a trace that matches; 0 for no bound
   */
  record SpanCount(int minSpans, int maxSpans) {
    static final SpanCount DEFAULT = new SpanCount(0, 0);

    SpanCount {
      new Checks()
          .atLeast("min_spans", minSpans, 0)
          .that(maxSpans == 0 || maxSpans >= minSpans, "max_spans", maxSpans, "0 or >= min_spans")
          .throwIfAny();
    }
  }

  /**
   * One of the conditions on any span, or on any event of one. Immutable.
   *
   * @param errorMode what a condition that cannot be evaluated means
   * @param span conditions over spans
   * @param spanevent conditions over events of spans
   */
  record OttlCondition(ErrorMode errorMode, List<String> span, List<String> spanevent)
      implements RequiredSettings {
    static final OttlCondition DEFAULT = new OttlCondition(ErrorMode.IGNORE, List.of(), List.of());

    OttlCondition {
      span = List.copyOf(span);
      spanevent = List.copyOf(spanevent);
      Checks checks = new Checks();
      span.forEach(each -> checkOttl("span", each, OttlConditions::span, checks));
      spanevent.forEach(each -> checkOttl("spanevent", each, OttlConditions::spanEvent, checks));
      checks.throwIfAny();
    }

    @Override
    public void checkRequired(Checks checks) {
      checks.that(!span.isEmpty() || !spanevent.isEmpty(), "span", "[]", "at least one condition");
    }
  }

  private static void checkOttl(
      String key, String expression, Consumer<String> compiler, Checks checks) {
    try {
      compiler.accept(expression);
    } catch (OttlException e) {
      checks.that(false, key, expression, "a condition; " + e.getMessage());
    }
  }

  /**
   * As long as the spans fit the rate; a burst of 0 is twice the rate. Immutable.
   *
   * @param spansPerSecond that may pass
   * @param burstCapacity spans that may pass at once; 0 for twice the rate
   */
  record RateLimiting(long spansPerSecond, long burstCapacity) {
    static final RateLimiting DEFAULT = new RateLimiting(0, 0);

    RateLimiting {
      new Checks()
          .atLeast("spans_per_second", spansPerSecond, 0)
          .atLeast("burst_capacity", burstCapacity, 0)
          .throwIfAny();
    }
  }

  /**
   * As long as the bytes fit the rate; a burst of 0 is twice the rate. Immutable.
   *
   * @param bytesPerSecond that may pass
   * @param burstCapacity bytes that may pass at once; 0 for twice the rate
   */
  record BytesLimiting(long bytesPerSecond, long burstCapacity) {
    static final BytesLimiting DEFAULT = new BytesLimiting(0, 0);

    BytesLimiting {
      new Checks()
          .atLeast("bytes_per_second", bytesPerSecond, 0)
          .atLeast("burst_capacity", burstCapacity, 0)
          .throwIfAny();
    }
  }

  /** All of them hold. Immutable. */
  record And(List<PolicyConfig> andSubPolicy) {
    And {
      andSubPolicy = List.copyOf(andSubPolicy);
      checkInner("and_sub_policy", andSubPolicy);
    }
  }

  /** The other one does not hold. Immutable. */
  record Not(PolicyConfig notSubPolicy) {
    Not {
      checkInner("not_sub_policy", List.of(notSubPolicy));
    }
  }

  /** Drops the trace if all of them hold. Immutable. */
  record Drop(List<PolicyConfig> dropSubPolicy) {
    Drop {
      dropSubPolicy = List.copyOf(dropSubPolicy);
      checkInner("drop_sub_policy", dropSubPolicy);
    }
  }

  private static void checkInner(String key, List<PolicyConfig> policies) {
    Checks checks = new Checks().that(!policies.isEmpty(), key, "[]", "at least one policy");
    for (PolicyConfig policy : policies) {
      String type = policy.type().key();
      checks.that(policy.type().isNestable(), key, type, "policies that may stand inside others");
    }
    checks.throwIfAny();
  }

  /**
   * The first that holds, within its share of the spans per second. Immutable.
   *
   * @param maxTotalSpansPerSecond what the shares are shares of
   * @param policyOrder accepted; the order of {@code composite_sub_policy} counts
   * @param compositeSubPolicy the first that holds owns the trace
   * @param rateAllocation shares of the policies; equal unless said
   */
  record Composite(
      long maxTotalSpansPerSecond,
      List<String> policyOrder,
      List<PolicyConfig> compositeSubPolicy,
      List<RateAllocation> rateAllocation)
      implements RequiredSettings {
    static final Composite DEFAULT = new Composite(0, List.of(), List.of(), List.of());

    Composite {
      policyOrder = List.copyOf(policyOrder);
      compositeSubPolicy = List.copyOf(compositeSubPolicy);
      rateAllocation = List.copyOf(rateAllocation);
      Checks checks = new Checks().atLeast("max_total_spans_per_second", maxTotalSpansPerSecond, 0);
      Set<String> names = new HashSet<>();
      for (PolicyConfig policy : compositeSubPolicy) {
        String type = policy.type().key();
        checks
            .that(names.add(policy.name()), "composite_sub_policy", policy.name(), "no name twice")
            .that(
                policy.type().isNestable(), "composite_sub_policy", type, "no drop, no composite");
      }
      for (String name : policyOrder) {
        checks.that(names.contains(name), "policy_order", name, "a name in composite_sub_policy");
      }
      for (RateAllocation each : rateAllocation) {
        String name = each.policy();
        checks.that(names.contains(name), "rate_allocation", name, "one in composite_sub_policy");
      }
      checks.throwIfAny();
    }

    @Override
    public void checkRequired(Checks checks) {
      checks.that(
          !compositeSubPolicy.isEmpty(), "composite_sub_policy", "[]", "at least one policy");
    }
  }

  /**
   * A share of {@code max_total_spans_per_second}; 0 for an equal one. Immutable.
   *
   * @param policy name of the policy
   * @param percent of the whole; 0 for an equal share
   */
  record RateAllocation(String policy, long percent) {
    static final RateAllocation DEFAULT = new RateAllocation("", 0);

    RateAllocation {
      new Checks().atLeast("percent", percent, 0).throwIfAny();
    }
  }
}
