package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens when more comes than memory holds. */
class MemoryBoundTest {
  private static final long LIMIT = 8 << 20;
  private static final String SETTINGS =
      """
      max_memory_mib: 8
      decision_cache: {sampled_cache_size: 10000, non_sampled_cache_size: 10000}
      """;
  private static final String ERRORS =
      "policies: [{name: e, type: status_code, status_code: {status_codes: [ERROR]}}]\n";
  private static final String ALL = "policies: [{name: all, type: always_sample}]\n";
  private static final String HELD = "millrace_tail_sampling_held_bytes";
  private static final String EVICTIONS = "millrace_tail_sampling_evictions_total";

  /**
   * Scenario: for a minute, twice as many bytes come as memory holds for the wait; traces have
   * three spans within two seconds, the last of one in ten is an error.
   *
   * <p>Guarantees: memory stays within five percent of its bound; every trace with an error is kept
   * whole; nothing vanishes undecided.
   */
  @Test
  void twiceTheBoundIsDecidedEarlyAndNoErrorIsLost() {
    SamplerRig rig = new SamplerRig(SETTINGS + ERRORS);
    Random random = new Random(42);
    Deque<Span.Builder[]> later = new ArrayDeque<>();
    Set<Long> errors = new HashSet<>();
    long trace = 0;
    long mostHeld = 0;
    for (int step = 0; step < 600; step++) {
      Span.Builder[] first = new Span.Builder[30];
      Span.Builder[] second = new Span.Builder[30];
      Span.Builder[] third = new Span.Builder[30];
      for (int i = 0; i < first.length; i++) {
        trace++;
        boolean isError = random.nextInt(10) == 0;
        if (isError) {
          errors.add(trace);
        }
        String name = "x".repeat(1_000 + random.nextInt(1_400));
        first[i] = span(trace).setName(name);
        second[i] = span(trace).setName(name);
        third[i] = (isError ? error(trace) : span(trace)).setName(name);
      }
      later.add(second);
      later.add(third);
      rig.send(first);
      if (later.size() > 40) {
        rig.send(later.poll());
        rig.send(later.poll());
      }
      rig.pass(Duration.ofMillis(100));
      mostHeld = Math.max(mostHeld, rig.metric(HELD));
    }
    later.forEach(rig::send);
    rig.decide();

    double recall = (double) rig.kept().size() / errors.size();
    System.out.printf(
        "recall of errors %.4f, most held %.3f of the bound, %d evictions%n",
        recall, (double) mostHeld / LIMIT, rig.metric(EVICTIONS, "memory"));
    assertThat(rig.metric(EVICTIONS, "memory")).as("so there was pressure").isGreaterThan(1_000);
    assertThat(mostHeld).isLessThan(LIMIT * 105 / 100).isGreaterThan(LIMIT / 2);
    assertThat(rig.kept()).isEqualTo(errors);
    assertThat(rig.spans()).hasSize(3 * errors.size());
    assertThat(rig.held()).isZero();
  }

  @Test
  void whatCannotChangeAnyMoreGoesFirst() {
    SamplerRig rig = new SamplerRig(SETTINGS + ERRORS);
    String big = "x".repeat(500_000);
    for (long trace = 1; trace <= 10; trace++) {
      rig.send(span(trace).setName(big));
    }
    rig.send(error(11).setName(big));
    for (long trace = 12; trace <= 18; trace++) {
      rig.send(span(trace).setName(big));
    }

    assertThat(rig.kept()).as("kept early, though not the oldest").containsExactly(11L);
    assertThat(rig.metric(EVICTIONS, "memory")).isPositive();
    rig.decide().assertConservation();
  }

  @Test
  void aGiantTraceIsDecidedByWhatHasComeAndHarmsNobody() {
    SamplerRig rig = new SamplerRig(SETTINGS + ERRORS).send(span(1));
    rig.send(error(2).setName("x".repeat(600_000)), span(3).setName("x".repeat(600_000)));
    for (int i = 0; i < 40; i++) {
      rig.send(span(2).setName("x".repeat(600_000)), span(3).setName("x".repeat(600_000)));
    }
    rig.send(error(1)).decide();

    assertThat(rig.kept()).containsExactly(1L, 2L);
    assertThat(rig.metric(EVICTIONS, "trace_size")).isEqualTo(2);
    assertThat(rig.metric(EVICTIONS, "memory")).isZero();
    assertThat(rig.spans().stream().filter(s -> Traces.number(s) == 2)).hasSize(41);
  }

  @Test
  void theBoundIsHalfOfTheProcesssBudgetUnlessTheUserSaysANumber() {
    SamplerRig rig = new SamplerRig(ERRORS, 16 << 20);
    for (long trace = 0; trace < 40; trace++) {
      rig.send(span(trace).setName("x".repeat(500_000)));
      assertThat(rig.metric(HELD)).isLessThan(LIMIT * 105 / 100);
    }
    assertThat(rig.metric(EVICTIONS, "memory")).isPositive();
  }

  @Test
  void moreThanTheProcesssBudgetIsRefused() {
    assertThatThrownBy(() -> new SamplerRig(SETTINGS + ERRORS, 4 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_memory_mib: 8 (expected: <= 4, the budget of the process)");
  }

  /** Guarantees: decisions that are remembered never take the room of traces. */
  @Test
  void theCachesTakeTheirShareAndNoMore() {
    SamplerRig rig =
        new SamplerRig(
            "max_memory_mib: 1\ndecision_cache: {non_sampled_cache_size: 10000000}\n" + ERRORS);
    for (long trace = 0; trace < 20_000; trace += 100) {
      Span.Builder[] spans = new Span.Builder[100];
      for (int i = 0; i < spans.length; i++) {
        spans[i] = span(trace + i);
      }
      rig.send(spans).pass(Duration.ofMillis(100));
    }
    rig.decide();
    long evicted = rig.metric(EVICTIONS, "memory");

    rig.send(span(30_000)).pass(Duration.ofSeconds(5));

    assertThat(rig.held()).as("the trace waits for its time").isEqualTo(1);
    assertThat(rig.metric(EVICTIONS, "memory")).isEqualTo(evicted);
    assertThat(rig.metric(HELD)).isLessThan((1 << 20) * 105 / 100);
  }

  @Test
  void headersWithoutSpansAreForgotten() {
    SamplerRig rig = new SamplerRig(ERRORS);
    for (int i = 0; i < 200; i++) {
      rig.send(Traces.resource("service-" + i, span(i)));
    }
    rig.decide();

    rig.processor.shutdown();
    assertThat(rig.host.budget().used()).isZero();
  }

  @Test
  void itsMemoryIsChargedToTheBudgetAndGivenBack() {
    SamplerRig rig = new SamplerRig(ALL).send(span(1)).decide();
    long before = rig.host.budget().used();

    rig.send(span(2).setName("x".repeat(1_000_000)));
    assertThat(rig.host.budget().used()).isBetween(before + 1_000_000, before + 1_300_000);
    rig.decide();
    assertThat(rig.host.budget().used()).isLessThan(before + 300_000);
    rig.processor.shutdown();
    assertThat(rig.host.budget().used()).isZero();
  }
}
