package io.millrace.processor.tailsampling;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A policy twice: as YAML, and as what it says of a whole decoded trace, written as plainly as can
 * be.
 *
 * @param isDrop whether it stands at the top and drops
 */
record RandomPolicy(String yaml, Predicate<List<RandomPolicy.Seen>> holds, boolean isDrop) {
  /** A decoded span with the resource it came from. */
  record Seen(Resource resource, Span span) {}

  /** Returns a policy for the top. */
  static RandomPolicy top(RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      RandomPolicy all = allOf(random, 1);
      return new RandomPolicy(
          "type: drop, drop: {drop_sub_policy: [%s]}".formatted(all.yaml), all.holds, true);
    }
    return nested(random, 2);
  }

  private static RandomPolicy nested(RandomGenerator random, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      RandomPolicy all = allOf(random, depth - 1);
      return of("type: and, and: {and_sub_policy: [%s]}".formatted(all.yaml), all.holds);
    }
    if (depth > 0 && random.nextInt(5) == 0) {
      RandomPolicy inner = nested(random, depth - 1);
      return of(
          "type: not, not: {not_sub_policy: {name: n, %s}}".formatted(inner.yaml),
          inner.holds.negate());
    }
    return leaf(random);
  }

  private static RandomPolicy allOf(RandomGenerator random, int depth) {
    List<String> yaml = new ArrayList<>();
    Predicate<List<Seen>> all = trace -> true;
    for (int i = 0; i <= random.nextInt(3); i++) {
      RandomPolicy policy = nested(random, depth);
      yaml.add("{name: p" + i + ", " + policy.yaml + "}");
      all = all.and(policy.holds);
    }
    return of(String.join(", ", yaml), all);
  }

  private static RandomPolicy leaf(RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> status(random);
      case 1 -> latency(random);
      case 2 -> numeric(random);
      case 3 -> bool(random);
      case 4 -> string(random);
      case 5 -> pattern(random);
      case 6 -> spanCount(random);
      case 7 -> probabilistic(random);
      case 8 -> of("type: always_sample", trace -> true);
      case 9 -> traceState(random);
      case 10 -> ottl(random);
      default -> flags();
    };
  }

  private static RandomPolicy status(RandomGenerator random) {
    String code = new String[] {"UNSET", "OK", "ERROR"}[random.nextInt(3)];
    return of(
        "type: status_code, status_code: {status_codes: [%s]}".formatted(code),
        any(seen -> seen.span.getStatus().getCode().name().equals("STATUS_CODE_" + code)));
  }

  private static RandomPolicy latency(RandomGenerator random) {
    long over = random.nextInt(200);
    long upper = random.nextBoolean() ? 0 : over + 1 + random.nextInt(200);
    return of(
        "type: latency, latency: {threshold_ms: %d, upper_threshold_ms: %d}".formatted(over, upper),
        trace -> {
          long start = trace.stream().mapToLong(s -> s.span.getStartTimeUnixNano()).min().orElse(0);
          long end = trace.stream().mapToLong(s -> s.span.getEndTimeUnixNano()).max().orElse(0);
          long millis = (end - start) / 1_000_000;
          return millis > over && (upper == 0 || millis <= upper);
        });
  }

  private static RandomPolicy spanCount(RandomGenerator random) {
    int min = random.nextInt(6);
    int max = random.nextBoolean() ? 0 : min + random.nextInt(4);
    return of(
        "type: span_count, span_count: {min_spans: %d, max_spans: %d}".formatted(min, max),
        trace -> trace.size() >= min && (max == 0 || trace.size() <= max));
  }

  private static RandomPolicy probabilistic(RandomGenerator random) {
    double percentage = random.nextInt(101);
    BigInteger share =
        new BigInteger(Long.toUnsignedString(HashThreshold.threshold(percentage / 100)));
    return of(
        "type: probabilistic, probabilistic: {sampling_percentage: %s}".formatted(percentage),
        trace ->
            HashThresholdTest.fnv(
                        "default-hash-seed", trace.getFirst().span.getTraceId().toByteArray())
                    .compareTo(share)
                <= 0);
  }

  private static RandomPolicy flags() {
    return of("type: trace_flags", any(seen -> (seen.span.getFlags() & 1) != 0));
  }

  private static RandomPolicy traceState(RandomGenerator random) {
    String member = "a=" + random.nextInt(3);
    return of(
        "type: trace_state, trace_state: {key: a, values: ['%s']}".formatted(member.substring(2)),
        any(seen -> List.of(seen.span.getTraceState().split(", ?", -1)).contains(member)));
  }

  private static RandomPolicy ottl(RandomGenerator random) {
    String key = "k" + random.nextInt(3);
    String text = "v" + random.nextInt(3);
    boolean ofResource = random.nextBoolean();
    return of(
        "type: ottl_condition, ottl_condition: {span: ['%sattributes[\"%s\"] == \"%s\"']}"
            .formatted(ofResource ? "resource." : "", key, text),
        any(seen ->
            first(
                ofResource ? seen.resource.getAttributesList() : seen.span.getAttributesList(),
                key,
                value -> value.getStringValue().equals(text))));
  }

  private static RandomPolicy numeric(RandomGenerator random) {
    long min = random.nextInt(5) - 2L;
    long max = min + random.nextInt(3);
    return attribute(
        random,
        "type: numeric_attribute, numeric_attribute: {key: %s, min_value: "
            + min
            + ", max_value: "
            + max
            + ", invert_match: %s}",
        (value, ofResource) ->
            value.hasIntValue() && value.getIntValue() >= min && value.getIntValue() <= max);
  }

  private static RandomPolicy bool(RandomGenerator random) {
    boolean expected = random.nextBoolean();
    return attribute(
        random,
        "type: boolean_attribute, boolean_attribute: {key: %s, value: "
            + expected
            + ", invert_match: %s}",
        (value, ofResource) -> value.hasBoolValue() && value.getBoolValue() == expected);
  }

  private static RandomPolicy string(RandomGenerator random) {
    List<String> wanted = Arrays.asList("v" + random.nextInt(3), "", "v9");
    return attribute(
        random,
        "type: string_attribute, string_attribute: {key: %s, values: ["
            + wanted.getFirst()
            + ", '', v9], invert_match: %s}",
        (value, ofResource) ->
            value.hasStringValue()
                && !value.getStringValue().isEmpty()
                && wanted.contains(value.getStringValue()));
  }

  private static RandomPolicy pattern(RandomGenerator random) {
    String regex = new String[] {"v[01]", "^2", "", "3$"}[random.nextInt(4)];
    Pattern pattern = Pattern.compile(regex);
    return attribute(
        random,
        "type: string_attribute, string_attribute: {key: %s, values: ['"
            + regex
            + "'], enabled_regex_matching: true, cache_max_size: 2, invert_match: %s}",
        (value, ofResource) ->
            value.hasStringValue()
                && (ofResource || !value.getStringValue().isEmpty())
                && pattern.matcher(value.getStringValue()).find());
  }

  private interface ValueTest {
    boolean passes(AnyValue value, boolean ofResource);
  }

  private static RandomPolicy attribute(RandomGenerator random, String yaml, ValueTest test) {
    String key = "k" + random.nextInt(3);
    boolean isInverted = random.nextInt(3) == 0;
    Predicate<List<Seen>> match =
        any(seen ->
            first(seen.resource.getAttributesList(), key, value -> test.passes(value, true))
                || first(seen.span.getAttributesList(), key, value -> test.passes(value, false)));
    return of(yaml.formatted(key, isInverted), isInverted ? match.negate() : match);
  }

  private static boolean first(List<KeyValue> attributes, String key, Predicate<AnyValue> test) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        return test.test(attribute.getValue());
      }
    }
    return false;
  }

  private static Predicate<List<Seen>> any(Predicate<Seen> test) {
    return trace -> trace.stream().anyMatch(test);
  }

  private static RandomPolicy of(String yaml, Predicate<List<Seen>> holds) {
    return new RandomPolicy(yaml, holds, false);
  }

  /** Returns whether the policies keep the trace. */
  static boolean keeps(List<RandomPolicy> policies, List<Seen> trace) {
    return policies.stream().noneMatch(p -> p.isDrop && p.holds.test(trace))
        && policies.stream().anyMatch(p -> !p.isDrop && p.holds.test(trace));
  }

  /** Returns the id of a trace, whose bits are spread as those of real ids are. */
  static ByteString traceId(long number) {
    return Traces.id(number * 0x9e37_79b9_7f4a_7c15L);
  }
}
