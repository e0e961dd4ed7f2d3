package io.millrace.exporter.loki;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.OtlpSamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.xerial.snappy.Snappy;

/**
 * What does it cost to make a push request for Loki, compressed, of OTLP, a record with a body of
 * 100 bytes and three attributes: through views, or through objects? Views rely on the validation
 * at the door, which {@code ValidateOrParseBenchmark} measures; parsing validates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LogRecords.RECORDS)
public class LokiPushBenchmark {
  private final OtlpBatch batch =
      OtlpSamples.batch(Signal.LOGS, LogRecords.request(), LogRecords.RECORDS);
  private final ProtobufTwin twin = new ProtobufTwin();
  private final BatchTranslation translation =
      new BatchTranslation(
          LokiExporterConfig.defaults(),
          new Rejections(
              new ComponentContext(
                  ComponentId.parse("loki"),
                  Clock.SYSTEM,
                  new MetricRegistry(),
                  new ByteBudget(1 << 20),
                  error -> {})));

  @Setup
  public void assertSameAnswer() throws IOException {
    if (!Arrays.equals(Snappy.uncompress(views()), Snappy.uncompress(protobuf()))) {
      throw new IllegalStateException("the twins differ");
    }
  }

  @Benchmark
  public byte[] views() {
    return translation.translate(batch, null).getFirst().body();
  }

  @Benchmark
  public byte[] protobuf() throws IOException {
    return twin.translate(batch.bytes());
  }
}
