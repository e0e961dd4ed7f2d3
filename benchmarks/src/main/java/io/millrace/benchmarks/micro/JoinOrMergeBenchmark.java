package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpJoiner;
import io.millrace.pdata.RequestContext;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;
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
 * What does it cost to make one request of ten: by concatenation, or by parsing, merging and
 * serialising? Batching before export depends on it. The unit is all ten requests.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JoinOrMergeBenchmark {
  static final int REQUESTS = 10;

  @Param({"TESTBED", "TINY"})
  Payload payload = Payload.TINY;

  private List<OtlpBatch> batches = List.of();

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    batches = Batches.of(payload, REQUESTS);
    Answers.requireEqual(
        ExportTraceServiceRequest.parseFrom(join().bytes()),
        ExportTraceServiceRequest.parseFrom(protobuf()));
  }

  @Benchmark
  public OtlpBatch join() {
    return OtlpJoiner.join(batches, RequestContext.EMPTY);
  }

  @Benchmark
  public byte[] protobuf() throws InvalidProtocolBufferException {
    ExportTraceServiceRequest.Builder merged = ExportTraceServiceRequest.newBuilder();
    for (OtlpBatch batch : batches) {
      merged.addAllResourceSpans(
          ExportTraceServiceRequest.parseFrom(batch.bytes()).getResourceSpansList());
    }
    return merged.build().toByteArray();
  }
}
