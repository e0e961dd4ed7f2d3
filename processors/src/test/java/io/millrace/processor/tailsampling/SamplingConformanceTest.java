package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.resource;
import static io.millrace.processor.tailsampling.Traces.root;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When traces are decided, what becomes of late spans, what goes out, and what is counted. */
class SamplingConformanceTest {
  private static final String PREFIX = "otelcol_processor_tail_sampling_";
  private static final String ALL = "policies: [{name: all, type: always_sample}]\n";
  private static final String ERRORS =
      "policies: [{name: e, type: status_code, status_code: {status_codes: [ERROR]}}]\n";
  private static final Duration TICK = Duration.ofMillis(100);

  @Test
  void aTraceIsDecidedWhenItsTimeFromTheFirstSpanIsUp() {
    SamplerRig rig = new SamplerRig(ALL).send(span(1)).pass(Duration.ofSeconds(5)).send(span(1));

    rig.pass(Duration.ofMillis(4_900));
    assertThat(rig.kept()).isEmpty();
    rig.pass(TICK.multipliedBy(2));
    assertThat(rig.spans()).hasSize(2);
  }

  @Test
  void aWaitBelowASecondIsWhatItSays() {
    SamplerRig rig = new SamplerRig("decision_wait: 300ms\n" + ALL).send(span(1));

    rig.pass(Duration.ofMillis(200));
    assertThat(rig.kept()).isEmpty();
    rig.pass(TICK.multipliedBy(2));
    assertThat(rig.kept()).containsExactly(1L);
  }

  @Test
  void aRootSpanHastensTheDecision() {
    SamplerRig rig = new SamplerRig("decision_wait_after_root_received: 2s\n" + ALL);
    rig.send(span(1), span(2)).pass(Duration.ofSeconds(1)).send(root(1));

    rig.pass(Duration.ofSeconds(3));

    assertThat(rig.kept()).containsExactly(1L);
  }

  @Test
  void aRootSpanNeverPutsTheDecisionOff() {
    SamplerRig rig = new SamplerRig("decision_wait_after_root_received: 20s\n" + ALL);

    rig.send(span(1)).send(root(1)).decide();

    assertThat(rig.kept()).containsExactly(1L);
  }

  @Test
  void lateSpansOfAKeptTraceAreForwardedAtOnce() {
    SamplerRig rig = new SamplerRig(ERRORS).send(error(1)).decide();

    rig.pass(Duration.ofSeconds(3)).send(span(1), span(1));

    assertThat(rig.spans()).hasSize(3);
    assertThat(rig.metric(PREFIX + "early_releases_from_cache_decision", "sampled=\"true\""))
        .isEqualTo(2);
    assertThat(rig.metric(PREFIX + "sampling_late_span_age_count")).isEqualTo(2);
    assertThat(rig.metric(PREFIX + "sampling_late_span_age_sum")).isEqualTo(6);
  }

  @Test
  void lateSpansOfADroppedTraceAreDroppedWhateverTheyAre() {
    SamplerRig rig = new SamplerRig(ERRORS).send(span(1)).decide().send(error(1)).decide();

    assertThat(rig.kept()).isEmpty();
    assertThat(rig.metric(PREFIX + "early_releases_from_cache_decision", "sampled=\"false\""))
        .isEqualTo(1);
    rig.assertConservation();
  }

  @Test
  void aDecisionIsRememberedAsLongAsTheCacheHasRoom() {
    String one = "decision_cache: {sampled_cache_size: 1, non_sampled_cache_size: 1}\n";
    SamplerRig rig = new SamplerRig(one + ERRORS).send(error(1), error(2)).decide();

    rig.send(span(1)).send(span(2));

    assertThat(rig.metric(PREFIX + "early_releases_from_cache_decision")).isEqualTo(1);
    assertThat(rig.metric(PREFIX + "sampling_traces_on_memory")).isEqualTo(1);
  }

  @Test
  void aLateSpanKeepsItsDecisionInTheCache() {
    String two = "decision_cache: {sampled_cache_size: 2}\n";
    SamplerRig rig = new SamplerRig(two + ERRORS).send(error(1)).decide().send(error(2)).decide();

    rig.send(span(1)).send(error(3)).decide().send(span(1));

    assertThat(rig.spans().stream().filter(s -> Traces.number(s) == 1)).hasSize(3);
  }

  @Test
  void allBitsOfATraceIdCount() {
    SamplerRig rig = new SamplerRig(ERRORS);
    Span.Builder sameLowHalf =
        span(1)
            .setTraceId(
                com.google.protobuf.ByteString.copyFrom(new byte[16])
                    .substring(0, 8)
                    .concat(Traces.id(1).substring(8)));

    rig.send(error(1)).decide().send(sameLowHalf).decide();

    assertThat(rig.spans()).hasSize(1);
  }

  @Test
  void moreTracesThanMayBeMakeRoomByADecisionThatIsRemembered() {
    SamplerRig rig = new SamplerRig("num_traces: 2\n" + ERRORS).send(span(1), error(2));

    rig.send(span(3), span(4));

    assertThat(rig.kept()).as("its decision was final").containsExactly(2L);
    assertThat(rig.metric("millrace_tail_sampling_evictions_total", "num_traces")).isEqualTo(2);
    assertThat(rig.metric(PREFIX + "sampling_trace_dropped_too_early")).isEqualTo(2);
    rig.send(error(1)).send(span(2)).decide();
    assertThat(rig.kept()).containsExactly(2L);
    assertThat(rig.spans()).hasSize(2);
  }

  @Test
  void blockingOnOverflowRefusesAtTheDoorAndDecidesNothingEarly() {
    SamplerRig rig = new SamplerRig("num_traces: 2\nblock_on_overflow: true\n" + ALL);
    assertThat(rig.processor.admission().reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY))
        .isNull();

    rig.send(span(1), span(2), span(3));

    assertThat(rig.processor.admission().reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY))
        .isEqualTo(Settlement.refused("too_many_traces", 1_000_000_000));
    assertThat(rig.kept()).isEmpty();
    rig.decide();
    assertThat(rig.kept()).hasSize(3);
    assertThat(rig.processor.admission().reserve(Signal.TRACES, 1, 1, RequestContext.EMPTY))
        .isNull();
  }

  @Test
  void aTraceThatIsTooLargeIsDroppedAndRemembered() {
    SamplerRig rig = new SamplerRig("maximum_trace_size_bytes: 200\n" + ALL);

    rig.send(span(1), span(2), span(1), span(1), span(1)).send(span(1)).decide();

    assertThat(rig.kept()).containsExactly(2L);
    assertThat(rig.metric(PREFIX + "traces_dropped_too_large")).isEqualTo(1);
  }

  @Test
  void ingestDecidesAsSoonAsNothingCanChangeTheDecision() {
    SamplerRig rig = new SamplerRig("sampling_strategy: span-ingest\n" + ERRORS);

    rig.send(span(1)).send(span(2), error(2));
    assertThat(rig.kept()).containsExactly(2L);
    rig.send(error(1));
    assertThat(rig.kept()).containsExactly(1L, 2L);
    rig.send(span(3)).decide();
    assertThat(rig.kept()).containsExactly(1L, 2L);
    assertThat(rig.held()).isZero();
  }

  @Test
  void ingestKeepsNothingEarlyWhileADropPolicyIsOpenAndDropsAtOnce() {
    String policies =
        """
        sampling_strategy: span-ingest
        policies:
          - {name: all, type: always_sample}
          - {name: d, type: drop, drop: {drop_sub_policy: [
               {name: e, type: status_code, status_code: {status_codes: [ERROR]}}]}}
        """;
    SamplerRig rig = new SamplerRig(policies).send(span(1), error(2));

    assertThat(rig.kept()).isEmpty();
    assertThat(rig.held()).isEqualTo(1);
    rig.decide();
    assertThat(rig.kept()).containsExactly(1L);
  }

  @Test
  void ingestSeesConditionsThatSpansOfDifferentBatchesMeet() {
    String policies =
        """
        sampling_strategy: span-ingest
        policies:
          - {name: both, type: and, and: {and_sub_policy: [
               {name: e, type: status_code, status_code: {status_codes: [ERROR]}},
               {name: o, type: status_code, status_code: {status_codes: [OK]}}]}}
        """;
    SamplerRig rig = new SamplerRig(policies).send(error(1));
    rig.send(
        Traces.withStatus(1, io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_OK));

    assertThat(rig.kept()).containsExactly(1L);
  }

  @Test
  void firstMatchLeavesOutThePoliciesBehind() {
    String two = "policies: [{name: a, type: always_sample}, {name: b, type: always_sample}]\n";

    SamplerRig every = new SamplerRig(two).send(span(1)).decide();
    SamplerRig first = new SamplerRig("sample_on_first_match: true\n" + two).send(span(1)).decide();

    String executions = PREFIX + "sampling_policy_execution_count";
    assertThat(every.metric(executions, "policy=\"b\"")).isEqualTo(1);
    assertThat(first.metric(executions, "policy=\"b\"")).isZero();
    assertThat(every.metric("millrace_tail_sampling_exclusive_keeps_total")).isZero();
    assertThat(first.metric("millrace_tail_sampling_exclusive_keeps_total", "\"a\"")).isEqualTo(1);
  }

  @Test
  void outputJoinsTracesAndKeepsEachResourceAndScopeOnceWithTheirSchemas() {
    SamplerRig rig = new SamplerRig(ALL);
    rig.send(resource("a", span(1), span(2)), resource("b", span(1)));
    rig.send(resource("a", span(2), span(3))).decide();

    assertThat(rig.exports()).hasSize(1);
    ExportTraceServiceRequest export = rig.exports().getFirst();
    assertThat(export.getResourceSpansCount()).isEqualTo(2);
    ResourceSpans a = export.getResourceSpans(0);
    assertThat(a.getSchemaUrl()).isEqualTo("https://resource");
    assertThat(a.getScopeSpansList()).hasSize(1);
    assertThat(a.getScopeSpans(0).getSchemaUrl()).isEqualTo("https://scope");
    assertThat(a.getScopeSpans(0).getScope().getName()).isEqualTo("lib");
    assertThat(a.getScopeSpans(0).getSpansList().stream().map(Traces::number))
        .containsExactly(1L, 2L, 2L, 3L);
  }

  @Test
  void sendersWithOtherMetadataNeverShareAnExport() {
    SamplerRig rig = new SamplerRig("metadata_keys: [Tenant]\n" + ALL);
    RequestContext x =
        new RequestContext(
            Map.of("tenant", List.of("x"), "a", List.of("1")), Map.of(), "1.2.3.4:5");
    RequestContext y = new RequestContext(Map.of("tenant", List.of("y")), Map.of(), "");

    rig.send(x, resource("a", span(1))).send(y, resource("a", span(1))).decide();

    assertThat(rig.sink.batches()).hasSize(2);
    assertThat(rig.sink.batches())
        .extracting(batch -> batch.context().metadata())
        .containsExactly(Map.of("tenant", List.of("x")), Map.of("tenant", List.of("y")));
  }

  @Test
  void withoutMetadataKeysSendersShareExports() {
    SamplerRig rig = new SamplerRig(ALL);
    RequestContext x = new RequestContext(Map.of("tenant", List.of("x")), Map.of(), "1.2.3.4:5");

    rig.send(x, resource("a", span(1))).send(span(2)).decide();

    assertThat(rig.sink.batches()).hasSize(1);
    assertThat(rig.sink.batches().getFirst().context()).isEqualTo(RequestContext.EMPTY);
  }

  @Test
  void anExportIsBoundedInBytes() {
    SamplerRig rig = new SamplerRig(ALL);
    for (int trace = 0; trace < 40; trace++) {
      rig.send(span(trace).setName("x".repeat(100_000)));
    }

    rig.decide();

    assertThat(rig.sink.batches().size()).isBetween(3, 6);
    assertThat(rig.sink.batches())
        .allSatisfy(batch -> assertThat(batch.length()).isLessThan(Exports.BYTES_MAX + 200_000));
    assertThat(rig.kept()).hasSize(40);
  }

  @Test
  void countsTracesSpansAndDecisions() {
    String policies =
        """
        policies:
          - {name: e, type: status_code, status_code: {status_codes: [ERROR]}}
          - {name: big, type: span_count, span_count: {min_spans: 2}}
          - {name: d, type: drop, drop: {drop_sub_policy: [
               {name: s, type: trace_state, trace_state: {key: drop, values: [me]}}]}}
        """;
    SamplerRig rig = new SamplerRig(policies);
    rig.send(error(1), span(1)).send(error(2)).send(span(3)).send(span(4).setTraceState("drop=me"));
    rig.decide();

    assertThat(rig.metric(PREFIX + "new_trace_id_received")).isEqualTo(4);
    String global = PREFIX + "global_count_traces_sampled";
    assertThat(rig.metric(global, "decision=\"sampled\"", "sampled=\"true\"")).isEqualTo(2);
    assertThat(rig.metric(global, "decision=\"not_sampled\"")).isEqualTo(1);
    assertThat(rig.metric(global, "decision=\"dropped\"", "sampled=\"false\"")).isEqualTo(1);
    String traces = PREFIX + "count_traces_sampled";
    assertThat(rig.metric(traces, "policy=\"e\"", "sampled=\"true\"")).isEqualTo(2);
    assertThat(rig.metric(traces, "policy=\"e\"", "sampled=\"false\"")).isEqualTo(1);
    assertThat(rig.metric(traces, "policy=\"d\"", "decision=\"dropped\"")).isEqualTo(1);
    assertThat(rig.metric(PREFIX + "count_spans_sampled", "policy=\"big\"", "sampled=\"true\""))
        .isEqualTo(2);
    assertThat(rig.metric("millrace_tail_sampling_exclusive_keeps_total", "\"e\"")).isEqualTo(1);
    assertThat(rig.metric("millrace_tail_sampling_exclusive_keeps_total", "\"big\"")).isZero();
    assertThat(rig.metric(PREFIX + "sampling_trace_removal_age_count")).isEqualTo(4);
    assertThat(rig.metric(PREFIX + "sampling_trace_removal_age_bucket", "le=\"10\"")).isEqualTo(4);
    assertThat(rig.metric(PREFIX + "sampling_trace_removal_age_bucket", "le=\"5\"")).isZero();
    assertThat(rig.metric(PREFIX + "sampling_traces_on_memory")).isZero();
    assertThat(rig.metric(PREFIX + "sampling_decision_timer_latency_count")).isEqualTo(1);
  }

  @Test
  void shutdownDecidesWhatIsPending() {
    SamplerRig rig = new SamplerRig(ERRORS).send(error(1), span(2));

    rig.processor.shutdown();

    assertThat(rig.kept()).containsExactly(1L);
    rig.assertConservation();
    assertThat(rig.held()).isZero();
    assertThat(rig.host.budget().used()).isZero();
  }

  @Test
  void shutdownDropsWhatIsPendingWhereItShould() {
    SamplerRig rig = new SamplerRig("drop_pending_traces_on_shutdown: true\n" + ERRORS);
    rig.send(error(1), span(2));

    rig.processor.shutdown();

    assertThat(rig.kept()).isEmpty();
    rig.assertConservation();
    assertThat(rig.held()).isZero();
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

  @Test
  void aPolicyThatFailsIsCountedAndDoesNotCount() {
    String failing =
        """
        policies:
          - {name: o, type: ottl_condition, ottl_condition: {
              error_mode: propagate, span: ['attributes["a"]["b"] == 1']}}
          - {name: all, type: always_sample}
        """;
    SamplerRig rig = new SamplerRig(failing);

    rig.send(Traces.with(1, Traces.text("a", "no map"))).send(span(2)).decide();

    assertThat(rig.kept()).containsExactly(1L, 2L);
    assertThat(rig.metric(PREFIX + "sampling_policy_evaluation_error", "policy=\"o\""))
        .isEqualTo(1);
    assertThat(rig.metric(PREFIX + "sampling_policy_execution_count", "policy=\"o\"")).isEqualTo(2);
  }

  @Test
  void shutdownAlsoDecidesWhatIsOpenWithIngest() {
    SamplerRig rig = new SamplerRig("sampling_strategy: span-ingest\n" + ERRORS).send(span(1));

    rig.processor.shutdown();

    assertThat(rig.kept()).isEmpty();
    rig.assertConservation();
    assertThat(rig.held()).isZero();
  }
}
