package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.millrace.processor.probability.Threshold;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code consistent: true}: traces are chosen by their randomness, and every kept span says how.
 */
class ConsistentSamplingTest {
  private static final String ERRORS =
      "{name: e, type: status_code, status_code: {status_codes: [ERROR]}}";
  private static final String ALL = "{name: all, type: always_sample}";
  private static final long HALF = 1L << 55;

  private static String some(double percentage) {
    return "{name: p%s, type: probabilistic, probabilistic: {sampling_percentage: %s}}"
        .formatted((int) percentage, percentage);
  }

  private static String and(String... policies) {
    return "{name: and, type: and, and: {and_sub_policy: [" + String.join(",", policies) + "]}}";
  }

  private static String not(String policy) {
    return "{name: not, type: not, not: {not_sub_policy: " + policy + "}}";
  }

  private static String drop(String... policies) {
    return "{name: d, type: drop, drop: {drop_sub_policy: [" + String.join(",", policies) + "]}}";
  }

  private static String rate(int perSecond, int burst) {
    return "{name: r, type: rate_limiting, rate_limiting: {spans_per_second: %d,"
            .formatted(perSecond)
        + " burst_capacity: %d}}".formatted(burst);
  }

  private static String named(String name) {
    return "{name: %s, type: ottl_condition, ottl_condition: {span: ['name == \"%s\"']}}"
        .formatted(name, name);
  }

  private static SamplerRig rig(String... policies) {
    return new SamplerRig("consistent: true\npolicies: [" + String.join(",", policies) + "]");
  }

  /** Returns what the tracestate of the only span that came out is; empty without one. */
  private static String onlyTraceState(SamplerRig rig) {
    List<Span> spans = rig.spans();
    assertThat(spans).hasSizeLessThan(2);
    return spans.isEmpty() ? "" : spans.getFirst().getTraceState();
  }

  private static String decided(Span.Builder span, String... policies) {
    return onlyTraceState(rig(policies).send(span).decide());
  }

  @Test
  void theLowestThresholdOfThePoliciesThatSampleIsWritten() {
    assertThat(decided(span(HALF), some(50))).isEqualTo("ot=th:8");
    assertThat(decided(span(HALF - 1), some(50))).isEmpty();
    assertThat(decided(span(HALF), some(50), some(75))).isEqualTo("ot=th:4");
    assertThat(decided(error(HALF), some(50), ERRORS)).isEqualTo("ot=th:0");
    assertThat(decided(error(1), some(50), ERRORS)).isEqualTo("ot=th:0");
    assertThat(decided(span(HALF), some(50), ERRORS)).isEqualTo("ot=th:8");
  }

  @Test
  void nestedPoliciesCompose() {
    assertThat(decided(error(HALF), and(ERRORS, some(50)))).isEqualTo("ot=th:8");
    assertThat(decided(error(HALF), and(some(75), some(50)))).isEqualTo("ot=th:8");
    assertThat(decided(span(HALF), not(ERRORS))).isEqualTo("ot=th:0");
    assertThat(decided(span(HALF), and(not(ERRORS), some(50)))).isEqualTo("ot=th:8");
    assertThat(decided(span(HALF), not(some(25)))).isEqualTo("ot=th:4");
    assertThat(decided(span(HALF / 2 - 1), not(some(25)))).isEmpty();
    assertThat(decided(span(HALF), not(not(some(75))))).isEqualTo("ot=th:4");
    assertThat(decided(error(HALF), not(and(ERRORS, some(50))))).isEqualTo("ot=th:8");
    assertThat(decided(span(1), not(and(ERRORS, some(50))))).isEqualTo("ot=th:0");
  }

  @Test
  void aDropOfAShareLeavesTheOthersWithAThreshold() {
    assertThat(decided(error(HALF), ALL, drop(ERRORS, some(50)))).isEqualTo("ot=th:8");
    assertThat(decided(error(HALF - 1), ALL, drop(ERRORS, some(50)))).isEmpty();
    assertThat(decided(span(1), ALL, drop(ERRORS, some(50)))).isEqualTo("ot=th:0");
    assertThat(decided(error(HALF), some(75), drop(ERRORS, some(50)))).isEqualTo("ot=th:8");
  }

  @Test
  void aThresholdThatASpanCameWithOnlyRises() {
    String ours = "v=1";
    assertThat(decided(span(HALF * 2 - 1).setTraceState("v=1,ot=th:c;x:y"), some(50)))
        .isEqualTo("v=1,ot=th:c;x:y");
    assertThat(decided(span(HALF * 2 - 1).setTraceState("v=1,ot=x:y;th:4"), some(50)))
        .isEqualTo("ot=th:8;x:y," + ours);
  }

  @Test
  void aThresholdThatContradictsTheRandomnessIsNone() {
    assertThat(decided(span(HALF).setTraceState("ot=th:c"), some(50))).isEqualTo("ot=th:8");
  }

  @Test
  void aTraceStateThatCannotBeReadStaysAndIsCounted() {
    SamplerRig rig = rig(some(50)).send(span(HALF).setTraceState("ot=th:zz")).decide();

    assertThat(onlyTraceState(rig)).isEqualTo("ot=th:zz");
    assertThat(
            rig.metric("otelcol_processor_tail_sampling_count_spans_with_unparseable_tracestate"))
        .isEqualTo(1);
  }

  @Test
  void randomnessThatCameWithASpanStandsForThatOfTheId() {
    assertThat(decided(span(1).setTraceState("ot=rv:80000000000000"), some(50)))
        .isEqualTo("ot=rv:80000000000000;th:8");
    assertThat(decided(span(HALF).setTraceState("ot=rv:7fffffffffffff"), some(50))).isEmpty();
  }

  @Test
  void lateSpansCarryTheThresholdOfTheirTrace() {
    SamplerRig rig = rig(some(50)).send(span(HALF)).decide();

    rig.send(span(HALF), error(HALF));

    assertThat(rig.spans()).extracting(Span::getTraceState).containsOnly("ot=th:8").hasSize(3);
  }

  @Test
  void anEarlyDecisionWaitsForAllPoliciesThatCouldLowerTheThreshold() {
    String ingest = "sampling_strategy: span-ingest\nconsistent: true\npolicies: [";
    SamplerRig rig = new SamplerRig(ingest + some(50) + "," + ERRORS + "]").send(span(HALF));

    assertThat(rig.spans()).isEmpty();
    rig.send(error(HALF));

    assertThat(rig.spans()).extracting(Span::getTraceState).containsOnly("ot=th:0").hasSize(2);
  }

  @Test
  void aLimitEndsAtTheFirstTraceThatDoesNotFitAndThatIsItsThreshold() {
    SamplerRig rig = rig(rate(1, 4));
    rig.send(span(0xf0L << 48), span(0xe0L << 48), span(0xd0L << 48), span(0xd0L << 48));
    rig.send(span(0xc0L << 48), span(0xc0L << 48), span(0xb0L << 48));

    rig.decide();

    assertThat(rig.kept()).containsExactly(0xd0L << 48, 0xe0L << 48, 0xf0L << 48);
    assertThat(rig.spans()).extracting(Span::getTraceState).containsOnly("ot=th:c0000000000001");
  }

  @Test
  void aTraceThatNoBurstHoldsDoesNotEndALimit() {
    SamplerRig rig = rig(rate(1, 1)).send(span(9), span(9), span(5)).decide();

    assertThat(rig.kept()).containsExactly(5L);
    assertThat(rig.spans()).extracting(Span::getTraceState).containsOnly("ot=th:0");
  }

  @Test
  void tracesOfTheSameRandomnessPassALimitTogetherOrNotAtAll() {
    String same = "ot=rv:c0000000000000";
    SamplerRig rig = rig(rate(1, 2)).send(span(0xe0L << 48), span(2).setTraceState(same));
    rig.send(span(1).setTraceState(same), span(1).setTraceState(same));

    rig.decide();

    assertThat(rig.kept()).containsExactly(0xe0L << 48);
    assertThat(rig.spans()).extracting(Span::getTraceState).containsOnly("ot=th:c0000000000001");
  }

  @Test
  void aCompositePolicyHasAThresholdForEachShare() {
    String composite =
        "{name: c, type: composite, composite: {max_total_spans_per_second: 4,"
            + " composite_sub_policy: [%s, %s]}}".formatted(ERRORS, some(75));
    SamplerRig rig = rig(composite);
    rig.send(error(0xf0L << 48), error(0xe0L << 48), error(0xd0L << 48));
    rig.send(span(0xf1L << 48), span(0x01L << 48));

    rig.decide();

    Map<Long, String> states = new TreeMap<>();
    rig.spans().forEach(span -> states.put(Traces.number(span), span.getTraceState()));
    assertThat(states)
        .containsEntry(0xf0L << 48, "ot=th:d0000000000001")
        .containsEntry(0xe0L << 48, "ot=th:d0000000000001")
        .containsEntry(0xf1L << 48, "ot=th:4")
        .hasSize(3);
  }

  @Test
  void whatNoThresholdCanSayIsRefused() {
    refuses(not(rate(1, 1)), "no limit inside not or drop");
    refuses(drop(ERRORS, rate(1, 1)), "no limit inside not or drop");
    refuses(
        "{name: c, type: composite, composite: {max_total_spans_per_second: 4,"
            + " composite_sub_policy: [%s, %s]}}".formatted(some(75), ERRORS),
        "a share must not depend on randomness");
    assertThatThrownBy(() ->
            Configs.load("consistent: true\nsample_on_first_match: true\npolicies: [" + ALL + "]"))
        .hasMessageContaining("the policies behind can have lower thresholds");
  }

  private static void refuses(String policy, String reason) {
    assertThatThrownBy(() -> Configs.load("consistent: true\npolicies: [" + policy + "]"))
        .hasMessageContaining(reason);
    Configs.load("policies: [" + policy + "]");
  }

  /**
   * Scenario: spans of several kinds under policies of every sort, some sampled before.
   *
   * <p>Guarantees: what is kept stands for as many as were sent, kind by kind: each estimate is
   * within five standard deviations of the truth.
   */
  @Test
  void adjustedCountsAreUnbiased() {
    String[] policies = {
      ERRORS,
      some(10),
      and(named("slow"), some(40)),
      and(named("odd"), not(some(70))).replace("name: and", "name: other"),
      drop(named("health"), some(95)),
    };
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      SamplerRig rig = rig(policies);
      Map<String, Integer> sent = new TreeMap<>();
      for (int i = 0; i < 20_000; i++) {
        Span span = randomSpan(random);
        sent.merge(kind(span), 1, Integer::sum);
        if (isSampledBefore(span)) {
          rig.send(span.toBuilder());
        }
        if (i % 5_000 == 0) {
          rig.pass(Duration.ofMillis(500));
        }
      }
      rig.decide();

      assertEstimates(rig, sent, seed);
    }
  }

  private static Span randomSpan(Random random) {
    String name = List.of("slow", "odd", "health", "plain").get(random.nextInt(4));
    Span.Builder span = random.nextInt(10) == 0 ? error(0) : span(0);
    String before = List.of("", "ot=th:8", "ot=th:c", "v=1,ot=th:0").get(random.nextInt(4));
    return span.setName(name).setTraceId(randomId(random)).setTraceState(before).build();
  }

  private static ByteString randomId(Random random) {
    ByteBuffer id = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong());
    return ByteString.copyFrom(id.array());
  }

  private static String kind(Span span) {
    return span.getName() + " " + span.getStatus().getCode() + " " + span.getTraceState();
  }

  private static boolean isSampledBefore(Span span) {
    return randomness(span) >= threshold(span.getTraceState());
  }

  private static long randomness(Span span) {
    return Traces.number(span) & (Threshold.NEVER - 1);
  }

  private static long threshold(String traceState) {
    int at = traceState.indexOf("th:");
    if (at < 0) {
      return 0;
    }
    String digits = traceState.substring(at + 3).split("[;,]", 2)[0];
    return Long.parseLong((digits + "0".repeat(14)).substring(0, 14), 16);
  }

  /** Adjusted counts by what came before cannot be told from the output, so kinds are names. */
  private static void assertEstimates(SamplerRig rig, Map<String, Integer> sent, long seed) {
    Map<String, Double> truth = new TreeMap<>();
    sent.forEach((kind, count) ->
        truth.merge(kind.substring(0, kind.indexOf(' ')), (double) count, Double::sum));
    Map<String, Double> estimates = new TreeMap<>();
    Map<String, Double> variances = new TreeMap<>();
    for (Span span : rig.spans()) {
      long threshold = threshold(span.getTraceState());
      assertThat(span.getTraceState()).contains("th:");
      assertThat(randomness(span)).isGreaterThanOrEqualTo(threshold);
      double count = 1 / Threshold.probability(threshold);
      estimates.merge(span.getName(), count, Double::sum);
      variances.merge(span.getName(), count * (count - 1), Double::sum);
    }
    truth.forEach((name, count) -> {
      double tolerance = 5 * Math.sqrt(variances.getOrDefault(name, 0.0)) + 1e-6;
      assertThat(estimates.getOrDefault(name, 0.0))
          .as("seed %d: spans called %s", seed, name)
          .isBetween(count - tolerance, count + tolerance);
    });
  }

  /** Guarantees: so are they behind limits, whose threshold is that of the tick. */
  @Test
  void adjustedCountsBehindLimitsAreUnbiased() {
    double estimate = 0;
    double variance = 0;
    int sent = 0;
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      SamplerRig rig = rig(rate(20, 40));
      for (int trace = 0; trace < 200; trace++) {
        Span.Builder[] spans = new Span.Builder[1 + random.nextInt(3)];
        ByteString id = randomId(random);
        for (int i = 0; i < spans.length; i++) {
          spans[i] = span(0).setTraceId(id);
        }
        rig.send(spans);
        sent += spans.length;
      }
      for (Span span : rig.decide().spans()) {
        double count = 1 / Threshold.probability(threshold(span.getTraceState()));
        estimate += count;
        variance += count * (count - 1) * 3;
      }
    }
    double deviation = Math.sqrt(variance);

    assertThat(estimate).isBetween(sent - 5 * deviation, sent + 5 * deviation);
    assertThat(deviation).as("the estimate says something").isLessThan(sent / 10.0);
  }
}
