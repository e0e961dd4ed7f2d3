package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.resource;
import static io.millrace.processor.tailsampling.Traces.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Processor;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RefusingConsumer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shape of what goes out (§1.8). */
class ExportsTest {
  private static final String ALL = "policies: [{name: all, type: always_sample}]\n";

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

  /** Guarantees: nothing around a span is lost, whichever way it goes. */
  @Test
  void headersAndSchemasSurviveOnEveryWay() {
    ResourceSpans.Builder sent = resource("a", error(1)).toBuilder();
    sent.getResourceBuilder().setDroppedAttributesCount(3);
    sent.getScopeSpansBuilder(0).getScopeBuilder().addAttributes(Traces.text("k", "v"));
    ExportTraceServiceRequest request = Traces.request(sent.build());
    String errors =
        "policies: [{name: e, type: status_code, status_code: {status_codes: [ERROR]}}]";

    SamplerRig decided = new SamplerRig(errors).send(sent.build()).decide();
    assertThat(decided.exports()).containsExactly(request);
    decided.send(sent.build());
    assertThat(decided.exports()).as("late spans, too").containsExactly(request, request);
    SamplerRig early = new SamplerRig("sampling_strategy: span-ingest\n" + errors);
    assertThat(early.send(sent.build()).exports()).containsExactly(request);
  }

  /** Guarantees: a decision stands, whatever becomes of what went out. */
  @Test
  void whatTheNextOneRefusesIsGoneAndItsMemoryGivenBack() {
    ManualClock clock = new ManualClock();
    FakeHost host = new FakeHost(clock);
    RefusingConsumer next = new RefusingConsumer(Settlement.dropped("queue_full"));
    Processor processor =
        new TailSamplingProcessorFactory()
            .create(host.context("tail_sampling"), Configs.load(ALL), Signal.TRACES, next);
    processor.consume(Traces.batch(span(1), span(1)));
    clock.advance(Duration.ofSeconds(31));

    processor.tick(clock.nanos());
    assertThat(next.calls()).isEqualTo(1);
    assertThat(processor.heldItems()).isZero();
    processor.consume(Traces.batch(span(1)));
    assertThat(next.calls()).as("the late span follows").isEqualTo(2);
    processor.shutdown();
    assertThat(host.budget().used()).isZero();
  }
}
