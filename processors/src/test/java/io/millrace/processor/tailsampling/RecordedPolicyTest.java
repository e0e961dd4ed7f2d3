package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code record_policy: true}: the scope of a kept span names the policy that kept it. */
class RecordedPolicyTest {
  private static final String POLICIES =
      """
      policies:
        - {name: slow, type: latency, latency: {threshold_ms: 100}}
        - {name: shares, type: composite, composite: {max_total_spans_per_second: 100,
            composite_sub_policy: [
              {name: errors, type: status_code, status_code: {status_codes: [ERROR]}},
              {name: flagged, type: trace_flags}]}}
      """;

  /** Returns the attributes of each kept trace's scope, as text. */
  private static Map<Long, String> scopes(SamplerRig rig) {
    Map<Long, String> attributes = new TreeMap<>();
    for (ScopeSpans scope : scopeSpans(rig)) {
      for (Span span : scope.getSpansList()) {
        attributes.merge(Traces.number(span), text(scope.getScope()), (a, b) -> a + " | " + b);
      }
    }
    return attributes;
  }

  private static List<ScopeSpans> scopeSpans(SamplerRig rig) {
    return rig.exports().stream()
        .map(ExportTraceServiceRequest::getResourceSpansList)
        .flatMap(List::stream)
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .toList();
  }

  private static String text(InstrumentationScope scope) {
    StringBuilder text = new StringBuilder();
    for (KeyValue each : scope.getAttributesList()) {
      String value =
          each.getValue().hasBoolValue()
              ? String.valueOf(each.getValue().getBoolValue())
              : each.getValue().getStringValue();
      text.append(text.isEmpty() ? "" : " ").append(each.getKey()).append('=').append(value);
    }
    return text.toString();
  }

  @Test
  void scopesNameThePolicyAndThePartOfACompositeOne() {
    SamplerRig rig = new SamplerRig("record_policy: true\n" + POLICIES);
    rig.send(Traces.lasting(1, 0, 200), error(2), span(3).setFlags(1), span(4)).decide();

    assertThat(scopes(rig))
        .containsEntry(1L, "tailsampling.policy=slow")
        .containsEntry(2L, "tailsampling.policy=shares tailsampling.composite_policy=errors")
        .containsEntry(3L, "tailsampling.policy=shares tailsampling.composite_policy=flagged")
        .hasSize(3);
    assertThat(scopeSpans(rig))
        .allSatisfy(scope -> {
          assertThat(scope.getScope().getName()).isEqualTo("lib");
          assertThat(scope.getScope().getVersion()).isEqualTo("1");
          assertThat(scope.getSchemaUrl()).isEqualTo("https://scope");
        });
    assertThat(rig.exports()).hasSize(1);
  }

  @Test
  void theFirstOfThePoliciesThatSampleIsNamedAndNoPartOfAnother() {
    SamplerRig rig = new SamplerRig("record_policy: true\n" + POLICIES);
    rig.send(Traces.lasting(1, 0, 200).setFlags(1)).decide();

    assertThat(scopes(rig)).containsEntry(1L, "tailsampling.policy=slow").hasSize(1);
  }

  @Test
  void lateSpansNameThePolicyAndSayThatTheyAreLate() {
    SamplerRig rig = new SamplerRig("record_policy: true\n" + POLICIES).send(error(2)).decide();

    rig.send(span(2));

    assertThat(scopes(rig).get(2L))
        .endsWith("tailsampling.policy=shares tailsampling.cached_decision=true");
  }

  @Test
  void nothingIsSaidUnlessAsked() {
    SamplerRig rig = new SamplerRig(POLICIES).send(error(2)).decide().send(span(2));

    assertThat(scopes(rig)).containsEntry(2L, " | ");
  }

  @Test
  void aScopeWithoutAHeaderGetsOne() {
    ScopeSpans.Builder bare = ScopeSpans.newBuilder().addSpans(error(2));
    SamplerRig rig = new SamplerRig("record_policy: true\n" + POLICIES);
    rig.send(
        io.opentelemetry.proto.trace.v1.ResourceSpans.newBuilder().addScopeSpans(bare).build());

    assertThat(scopes(rig.decide()))
        .containsEntry(2L, "tailsampling.policy=shares tailsampling.composite_policy=errors");
  }
}
