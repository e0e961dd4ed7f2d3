package io.millrace.exporter.prometheusremotewrite;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.promtranslation.TranslationConfig.Promotion;
import io.millrace.exporter.promtranslation.TranslationStrategy;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.testkit.OtlpSamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
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
 * What does it cost to make a remote write 1.0 request, compressed, of OTLP, a point with four
 * attributes: through views, or through objects?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MetricPoints.POINTS)
public class RemoteWriteBenchmark {
  private final OtlpBatch batch =
      OtlpSamples.batch(Signal.METRICS, MetricPoints.request(), MetricPoints.POINTS);
  private final ProtobufTwin twin = new ProtobufTwin();
  private final BatchTranslation translation =
      new BatchTranslation(
          new TranslationConfig(
              TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
              "",
              true,
              true,
              Promotion.NONE,
              Map.of(),
              false,
              true,
              false,
              false,
              false,
              false),
          1,
          64 << 20,
          false,
          new Rejections(
              new ComponentContext(
                  ComponentId.parse("prometheus_remote_write"),
                  Clock.SYSTEM,
                  new MetricRegistry(),
                  new ByteBudget(1 << 20),
                  error -> {}),
              "prometheusremotewrite"),
          new ExtraTimes());

  @Setup
  public void assertSameAnswer() throws IOException {
    if (!Arrays.equals(Snappy.uncompress(views()), Snappy.uncompress(protobuf()))) {
      throw new IllegalStateException("the twins differ");
    }
  }

  @Benchmark
  public byte[] views() {
    if (translation.hasDeltas(batch)) {
      throw new IllegalStateException("deltas");
    }
    CumulativeBatch cumulative = CumulativeBatch.of(batch);
    return translation.translate(cumulative, Protocol.V1).getFirst().encoded().body();
  }

  @Benchmark
  public byte[] protobuf() throws IOException {
    return twin.translate(batch.bytes());
  }
}
