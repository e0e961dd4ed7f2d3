package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplitter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
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
 * What does it cost to cut a request of 512 spans into pieces of at most 100: on the bytes, or by
 * parsing, distributing and serialising? Batching to a size depends on it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SplitOrDecodeBenchmark {
  private static final int PIECE_ITEMS = 100;

  @Param("SEMCONV")
  Payload payload = Payload.SEMCONV;

  private OtlpBatch batch = Batches.of(Payload.SEMCONV);

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    batch = Batches.of(payload);
    List<byte[]> pieces = split().stream().map(OtlpBatch::bytes).toList();
    Answers.requireEqual(parse(pieces), parse(protobuf()));
  }

  @Benchmark
  public List<OtlpBatch> split() {
    return OtlpSplitter.split(batch, PIECE_ITEMS, Integer.MAX_VALUE);
  }

  @Benchmark
  public List<byte[]> protobuf() throws InvalidProtocolBufferException {
    return MessagePieces.of(ExportTraceServiceRequest.parseFrom(batch.bytes()), PIECE_ITEMS);
  }

  private static List<ExportTraceServiceRequest> parse(List<byte[]> pieces)
      throws InvalidProtocolBufferException {
    List<ExportTraceServiceRequest> requests = new ArrayList<>();
    for (byte[] piece : pieces) {
      requests.add(ExportTraceServiceRequest.parseFrom(piece));
    }
    return requests;
  }
}
