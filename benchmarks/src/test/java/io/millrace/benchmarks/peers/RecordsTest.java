package io.millrace.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordsTest {
  @Test
  void batchingAndTheOrderOfAttributesDoNotShow() throws Exception {
    Map<String, Integer> together = records(request(span("x", "a", "b"), span("y")));
    Map<String, Integer> apart = records(request(span("y")), request(span("x", "b", "a")));

    assertThat(together).hasSize(2).isEqualTo(apart);
  }

  @Test
  void everyDifferenceShows() throws Exception {
    Map<String, Integer> theirs = records(request(span("x", "a"), span("y")));
    Map<String, Integer> ours = records(request(span("x", "b"), span("y"), span("y")));

    List<String> differences = Records.differences("collector", theirs, "Millrace", ours);

    assertThat(differences).hasSize(3);
    assertThat(differences).filteredOn(line -> line.contains("key=a")).hasSize(1);
    assertThat(differences).filteredOn(line -> line.contains("key=b")).hasSize(1);
    assertThat(differences).filteredOn(line -> line.contains("Millrace 2x")).hasSize(1);
  }

  @Test
  void theSameSeedGivesTheSameTraffic() {
    PeerTraffic one = new PeerTraffic(7);
    PeerTraffic other = new PeerTraffic(7);

    for (Signal signal : List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS)) {
      assertThat(one.next(signal)).isEqualTo(other.next(signal));
    }
  }

  private static Map<String, Integer> records(ExportTraceServiceRequest... requests)
      throws InvalidProtocolBufferException {
    Records records = new Records();
    for (ExportTraceServiceRequest request : requests) {
      records.add(Signal.TRACES, request.toByteArray());
    }
    return records.of(Signal.TRACES);
  }

  private static ExportTraceServiceRequest request(Span... spans) {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
    resource.addScopeSpansBuilder().addAllSpans(List.of(spans));
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource).build();
  }

  private static Span span(String name, String... keys) {
    Span.Builder span = Span.newBuilder().setName(name);
    for (String key : keys) {
      span.addAttributes(
          KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(1)));
    }
    return span.build();
  }
}
