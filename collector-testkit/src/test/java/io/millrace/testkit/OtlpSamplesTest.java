package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OtlpSamplesTest {
  @Test
  void noTwoSpansAreEqual() {
    assertThat(
            Stream.of(OtlpSamples.spanRequest(3), OtlpSamples.spanRequest(3)).flatMap(this::spans))
        .extracting(Span::getSpanId)
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void batchCarriesWhatItWasAskedFor() throws Exception {
    OtlpBatch batch = OtlpSamples.batch(Signal.TRACES, 5);

    assertThat(batch.signal()).isEqualTo(Signal.TRACES);
    assertThat(batch.items()).isEqualTo(5);
    assertThat(spans(ExportTraceServiceRequest.parseFrom(batch.bytes()))).hasSize(5);
  }

  private Stream<Span> spans(ExportTraceServiceRequest request) {
    return request.getResourceSpans(0).getScopeSpans(0).getSpansList().stream();
  }
}
