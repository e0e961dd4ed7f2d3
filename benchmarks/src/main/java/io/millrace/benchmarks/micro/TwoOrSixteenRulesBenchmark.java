package io.millrace.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.objectmodel.ObjectActions;
import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.AttributeActions;
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
 * What do fourteen actions more cost whose attributes are absent? A long list of rules should cost
 * what its matches cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TwoOrSixteenRulesBenchmark {
  @Param("SEMCONV")
  Payload payload = Payload.SEMCONV;

  private final OtlpSplicer two = splicer(Actions.two());
  private final OtlpSplicer sixteen = splicer(Actions.sixteen());
  private OtlpBatch batch = Batches.of(Payload.SEMCONV);

  @Setup
  public void assertSameAnswer() throws InvalidProtocolBufferException {
    batch = Batches.of(payload);
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(batch.bytes());
    ExportTraceServiceRequest expected = new ObjectActions(Actions.sixteen()).edit(request);
    Answers.requireEqual(ExportTraceServiceRequest.parseFrom(twoRules().bytes()), expected);
    Answers.requireEqual(ExportTraceServiceRequest.parseFrom(sixteenRules().bytes()), expected);
  }

  @Benchmark
  public OtlpBatch twoRules() {
    return Batches.edit(two, batch);
  }

  @Benchmark
  public OtlpBatch sixteenRules() {
    return Batches.edit(sixteen, batch);
  }

  private static OtlpSplicer splicer(List<ActionConfig> actions) {
    return new OtlpSplicer(Signal.TRACES, Level.RECORD, null, new AttributeActions(actions));
  }
}
