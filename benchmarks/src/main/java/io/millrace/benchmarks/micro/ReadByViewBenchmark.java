package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.SpanView;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to read every span's duration and one attribute from the bytes of a request:
 * through views, or through objects? A sampling decision reads about as much.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadByViewBenchmark {
  private static final String KEY = "http.response.status_code";
  private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.UTF_8);

  @Param({"SEMCONV", "TINY"})
  Payload payload = Payload.TINY;

  private OtlpBatch batch = Batches.of(Payload.TINY);
  private final OtlpWalker walker = new OtlpWalker();
  private final SpanView span = new SpanView();
  private final AttributeView attribute = new AttributeView();

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    batch = Batches.of(payload);
    Answers.requireEqual(views(), protobuf());
  }

  @Benchmark
  public long views() {
    long sum = 0;
    walker.wrap(batch);
    while (walker.nextResource()) {
      while (walker.nextScope()) {
        while (walker.nextRecord(span)) {
          sum += span.endTimeUnixNano() - span.startTimeUnixNano() + statusByView();
        }
      }
    }
    return sum;
  }

  private long statusByView() {
    RangeCursor attributes = span.attributes();
    while (attributes.next(attribute)) {
      if (attribute.key().contentEquals(KEY_BYTES)) {
        return attribute.value().intValue();
      }
    }
    return 0;
  }

  @Benchmark
  public long protobuf() throws InvalidProtocolBufferException {
    long sum = 0;
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(batch.bytes());
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span message : scope.getSpansList()) {
          sum += message.getEndTimeUnixNano() - message.getStartTimeUnixNano() + status(message);
        }
      }
    }
    return sum;
  }

  private static long status(Span message) {
    for (KeyValue keyValue : message.getAttributesList()) {
      if (keyValue.getKey().equals(KEY)) {
        return keyValue.getValue().getIntValue();
      }
    }
    return 0;
  }
}
