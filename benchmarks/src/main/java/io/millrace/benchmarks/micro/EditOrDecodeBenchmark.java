package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.objectmodel.ObjectActions;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.AttributeActions;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
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
 * What does it cost to insert an attribute, copy one, remove one and hash one in every span of a
 * request: on the bytes, or by parsing, editing and serialising? The {@code attributes} processor
 * depends on it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EditOrDecodeBenchmark {
  @Param("SEMCONV")
  Payload payload = Payload.SEMCONV;

  private final ObjectActions objects = new ObjectActions(Actions.four());
  private final OtlpSplicer splicer =
      new OtlpSplicer(Signal.TRACES, Level.RECORD, null, new AttributeActions(Actions.four()));
  private OtlpBatch batch = Batches.of(Payload.SEMCONV);

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    batch = Batches.of(payload);
    byte[] spliced = splice().bytes();
    Answers.requireEqual(
        ExportTraceServiceRequest.parseFrom(spliced),
        ExportTraceServiceRequest.parseFrom(protobuf()));
    Answers.requireEqual(spliced.length, protobuf().length);
  }

  @Benchmark
  public OtlpBatch splice() {
    return Batches.edit(splicer, batch);
  }

  @Benchmark
  public byte[] protobuf() throws InvalidProtocolBufferException {
    return objects.edit(ExportTraceServiceRequest.parseFrom(batch.bytes())).toByteArray();
  }
}
