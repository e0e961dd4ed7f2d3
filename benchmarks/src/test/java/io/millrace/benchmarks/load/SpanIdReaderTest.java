package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.millrace.benchmarks.payload.Payload;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpanIdReaderTest {
  @ParameterizedTest
  @EnumSource(names = {"SEMCONV", "TESTBED", "TINY"})
  void readsTheIdsOfAllSpansInOrder(Payload payload) throws IOException {
    byte[] bytes = payload.bytes();

    assertThat(SpanIdReader.read(bytes, 0, bytes.length))
        .isEqualTo(LongStream.rangeClosed(1, payload.items()).toArray());
  }

  @Test
  void stepsOverUnknownFields() throws IOException {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();
    Span span = span(8).toBuilder().setUnknownFields(unknown).build();
    byte[] bytes = request(span).toBuilder().setUnknownFields(unknown).build().toByteArray();

    assertThat(SpanIdReader.read(bytes, 0, bytes.length)).hasSize(1);
  }

  @Test
  void refusesSpansWithoutId() {
    byte[] bytes = request(span(0)).toByteArray();

    assertThatThrownBy(() -> SpanIdReader.read(bytes, 0, bytes.length))
        .isInstanceOf(IOException.class);
  }

  private static Span span(int idBytes) {
    return Span.newBuilder().setName("n").setSpanId(ByteString.copyFrom(new byte[idBytes])).build();
  }

  private static ExportTraceServiceRequest request(Span span) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    return request.build();
  }
}
