package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The policies for which other traces count. */
class LimiterTest {
  private static final String ERRORS =
      "{name: e, type: status_code, status_code: {status_codes: [ERROR]}}";

  private static String rate(int perSecond, int burst) {
    return "{name: r, type: rate_limiting, rate_limiting: {spans_per_second: %d,"
            .formatted(perSecond)
        + " burst_capacity: %d}}".formatted(burst);
  }

  private static void send(SamplerRig rig, long trace, int spans) {
    Span.Builder[] all = new Span.Builder[spans];
    for (int i = 0; i < spans; i++) {
      all[i] = span(trace);
    }
    rig.send(all);
  }

  @Test
  void aBucketStartsFullWithTwiceTheRate() {
    SamplerRig rig = SamplerRig.of(rate(5, 0));
    for (long trace = 1; trace <= 12; trace++) {
      send(rig, trace, 1);
    }

    assertThat(rig.decide().kept()).hasSize(10);
  }

  @Test
  void highestRandomnessFirstInWhateverOrderTracesCame() {
    for (boolean isUp : new boolean[] {true, false}) {
      SamplerRig rig = SamplerRig.of(rate(1, 3));
      for (long i = 1; i <= 6; i++) {
        send(rig, isUp ? i : 7 - i, 1);
      }

      assertThat(rig.decide().kept()).containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void aTraceLargerThanTheBurstNeverPassesAndUsesNothingUp() {
    SamplerRig rig = SamplerRig.of(rate(1, 3));
    send(rig, 9, 4);
    send(rig, 5, 3);

    assertThat(rig.decide().kept()).containsExactly(5L);
  }

  @Test
  void theBucketFillsUpWithTime() {
    SamplerRig rig = SamplerRig.of(rate(2, 4));
    send(rig, 1, 4);
    rig.decide();
    send(rig, 2, 3);
    rig.pass(Duration.ofMillis(1_500));
    send(rig, 3, 3);

    rig.decide();

    assertThat(rig.kept()).containsExactly(1L, 2L, 3L);
    assertThat(rig.metric("millrace_tail_sampling_dropped_spans_total")).isZero();
  }

  @Test
  void bytesAreLimitedLikeSpans() {
    int length = span(1).build().getSerializedSize();
    SamplerRig rig =
        SamplerRig.of(
            "{name: b, type: bytes_limiting, bytes_limiting: {bytes_per_second: %d}}"
                .formatted(length));
    for (long trace = 1; trace <= 4; trace++) {
      send(rig, trace, 1);
    }

    assertThat(rig.decide().kept()).containsExactly(3L, 4L);
  }

  @Test
  void aLimitBehindOthersIsUsedUpByThoseAloneThatPassThem() {
    String and = "{name: and, type: and, and: {and_sub_policy: [" + ERRORS + "," + rate(1, 1);
    SamplerRig rig = SamplerRig.of(and + "]}}");
    rig.send(span(9)).send(error(5)).send(error(3));

    assertThat(rig.decide().kept()).containsExactly(5L);
  }

  @Test
  void aLimitIsUsedUpAlsoWhereAnotherPolicyKeepsTheTrace() {
    SamplerRig rig = SamplerRig.of(ERRORS, rate(1, 1)).send(error(9)).send(span(5));

    assertThat(rig.decide().kept()).containsExactly(9L);
  }

  @Test
  void aLimitIsNotAskedAboutWhatIsDropped() {
    String drop = "{name: d, type: drop, drop: {drop_sub_policy: [" + ERRORS + "]}}";
    SamplerRig rig = SamplerRig.of(rate(1, 1), drop).send(error(9)).send(span(5));

    assertThat(rig.decide().kept()).containsExactly(5L);
  }

  private static String composite(String allocation) {
    return """
    {name: c, type: composite, composite: {max_total_spans_per_second: 10,
      policy_order: [e, all], composite_sub_policy: [%s, {name: all, type: always_sample}]%s}}
    """
        .formatted(ERRORS, allocation);
  }

  @Test
  void theFirstPolicyThatHoldsOwnsTheTraceAndThereIsNoOther() {
    SamplerRig rig = SamplerRig.of(composite(", rate_allocation: [{policy: e, percent: 20}]"));
    for (long trace = 1; trace <= 4; trace++) {
      rig.send(error(trace));
    }
    send(rig, 10, 5);
    send(rig, 11, 1);

    assertThat(rig.decide().kept())
        .as("two errors; of the others the one that comes first, which is half of ten")
        .containsExactly(3L, 4L, 11L);
  }

  @Test
  void sharesAreEqualUnlessTheyAreSaidAndStartOverEverySecond() {
    SamplerRig rig = SamplerRig.of(composite(""));
    for (long trace = 1; trace <= 7; trace++) {
      rig.send(error(trace));
    }
    rig.pass(Duration.ofSeconds(2));
    for (long trace = 11; trace <= 17; trace++) {
      rig.send(error(trace));
    }

    assertThat(rig.decide().kept()).containsExactly(3L, 4L, 5L, 6L, 7L, 13L, 14L, 15L, 16L, 17L);
  }

  @Test
  void aTraceThatDoesNotFitItsShareUsesNothingUp() {
    SamplerRig rig = SamplerRig.of(composite(""));
    send(rig, 9, 6);
    send(rig, 5, 5);

    assertThat(rig.decide().kept()).containsExactly(5L);
  }

  @Test
  void aShareOfZeroPercentIsAnEqualOne() {
    SamplerRig rig = SamplerRig.of(composite(", rate_allocation: [{policy: e, percent: 0}]"));
    for (long trace = 1; trace <= 7; trace++) {
      rig.send(error(trace));
    }

    assertThat(rig.decide().kept()).containsExactly(3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void sharesOfMoreThanTheWholeTogetherExceedIt() {
    String whole = "percent: 100}";
    SamplerRig rig =
        SamplerRig.of(
            composite(
                ", rate_allocation: [{policy: e, %s, {policy: all, %s]".formatted(whole, whole)));
    send(rig, 1, 10);
    rig.send(error(2));
    for (int i = 0; i < 9; i++) {
      rig.send(error(2));
    }

    assertThat(rig.decide().spans()).hasSize(20);
  }

  @Test
  void policiesAreTriedInTheOrderOfTheirListWhateverPolicyOrderSays() {
    SamplerRig rig = SamplerRig.of(composite("").replace("[e, all]", "[all, e]"));
    for (long trace = 1; trace <= 7; trace++) {
      rig.send(error(trace));
    }

    assertThat(rig.decide().kept()).as("e owns them all, and has half").hasSize(5);
  }
}
