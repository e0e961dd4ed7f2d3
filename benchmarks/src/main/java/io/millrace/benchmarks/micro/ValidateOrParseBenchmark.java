package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.Signal;
import io.millrace.pdata.Validated;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
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
 * What does it cost to know that a request is sound, and how many spans it has: by its framing, in
 * depth, or by parsing it? That a request can stay bytes behind the door depends on it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValidateOrParseBenchmark {
  @Param({"SEMCONV", "TESTBED", "TINY"})
  Payload payload = Payload.TINY;

  private byte[] request = {};

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    request = payload.bytes();
    Answers.requireEqual(framing().items(), count(protobuf()));
    Answers.requireEqual(deep(), new Validated(payload.items(), 0));
  }

  @Benchmark
  public Validated framing() {
    return OtlpValidator.framing(Signal.TRACES, request, 0, request.length);
  }

  @Benchmark
  public Validated deep() {
    return OtlpValidator.deep(Signal.TRACES, request, 0, request.length);
  }

  @Benchmark
  public ExportTraceServiceRequest protobuf() throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(request);
  }

  private static int count(ExportTraceServiceRequest parsed) {
    int items = 0;
    for (ResourceSpans resource : parsed.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        items += scope.getSpansCount();
      }
    }
    return items;
  }
}
