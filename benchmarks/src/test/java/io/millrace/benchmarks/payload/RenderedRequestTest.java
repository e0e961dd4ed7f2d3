package io.millrace.benchmarks.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenderedRequestTest {
  @ParameterizedTest
  @EnumSource
  void stampedRequestIsTheRequestWrittenWithThoseNumbers(Payload payload) throws Exception {
    RenderedRequest rendered = payload.render();
    byte[] request = rendered.copy();
    rendered.stamp(request, 41);

    SpanNumbers numbers = SpanNumbers.ofRequest(41, payload.items());
    Message expected = payload.message(numbers);
    assertThat(expected.getParserForType().parseFrom(request)).isEqualTo(expected);
  }

  @Test
  void requestsOfOneRunShareNoSpanId() {
    int items = Payload.TINY.items();
    long lastOfFirst = SpanNumbers.ofRequest(0, items).spanId(items - 1);

    assertThat(SpanNumbers.ofRequest(1, items).spanId(0)).isEqualTo(lastOfFirst + 1);
  }

  @Test
  void semconvSpansAreOfTheSizeAndFormThatTheCasesSpeakOf() throws Exception {
    List<Span> spans = spans(Payload.SEMCONV);

    assertThat(spans).hasSize(512).allMatch(span -> span.getAttributesCount() == 14);
    assertThat(spans.stream().mapToInt(Span::getSerializedSize).average())
        .hasValueCloseTo(620.0, Offset.offset(20.0));
  }

  @Test
  void testbedSpansAreOfTheSizeThatTheCollectorsTestbedSends() throws Exception {
    assertThat(spans(Payload.TESTBED)).hasSize(100);
    assertThat(Payload.TESTBED.bytes().length).isBetween(14_000, 15_000);
  }

  private static List<Span> spans(Payload payload) throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(payload.bytes()).getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .map(ScopeSpans::getSpansList)
        .flatMap(List::stream)
        .toList();
  }
}
