package io.millrace.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sampler against {@link ReferenceSampler}, over generated requests and settings. */
class SamplingReferenceTest {
  private static final int SEEDS = 10_000;
  private static final int SEEDS_PER_SETTING = 50;

  private static final String[] TRACE_STATES = {
    "",
    "",
    "ot=th:8",
    "ot=th:4;x:1",
    "ot=rv:%s",
    "ot=rv:%s;th:c",
    "ot=th:80000000000000;rv:%s;zz:A.b_c-d",
    "a=1,ot=th:0,b=2",
    " a=1 ,, b@c=x y ",
    "ot=th:",
    "ot=th:xyz",
    "ot=rv:12",
    "ot=",
    "A=1",
    "a=1=2",
    "ot=th:8,ot=rv:%s"
  };

  private static final double[] PERCENTAGES = {
    0, 0.001, 0.5, 1, 10, 25, 33.3, 50, 60.7, 75, 90, 99, 99.99, 100, 150
  };

  private static final List<SamplerMode> MODES = List.of(SamplerMode.values());

  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder().addField(777, Field.newBuilder().addVarint(7).build()).build();

  @Test
  void samplesSpansAsTheReferenceDoes() {
    Random random = new Random();
    for (int seed = 0; seed < SEEDS; seed += SEEDS_PER_SETTING) {
      ProbabilisticSamplerConfig config = config(new Random(seed));
      Sampled sampled = new Sampled(config, Signal.TRACES);
      ReferenceSampler reference = new ReferenceSampler(config);
      for (int i = seed; i < seed + SEEDS_PER_SETTING; i++) {
        random.setSeed(i);
        ExportTraceServiceRequest request = spans(random);
        assertThat(sampled.sample(request))
            .as("seed %d, %s", i, config)
            .isEqualTo(reference.sample(request));
      }
    }
  }

  @Test
  void samplesLogsAsTheReferenceDoes() {
    Random random = new Random();
    for (int seed = 0; seed < SEEDS; seed += SEEDS_PER_SETTING) {
      ProbabilisticSamplerConfig config = config(new Random(seed));
      Sampled sampled = new Sampled(config, Signal.LOGS);
      ReferenceSampler reference = new ReferenceSampler(config);
      for (int i = seed; i < seed + SEEDS_PER_SETTING; i++) {
        random.setSeed(i);
        ExportLogsServiceRequest request = logs(random);
        assertThat(sampled.sample(request))
            .as("seed %d, %s", i, config)
            .isEqualTo(reference.sample(request));
      }
    }
  }

  private static ProbabilisticSamplerConfig config(Random random) {
    SamplerMode mode = random.nextInt(4) == 0 ? null : MODES.get(random.nextInt(3));
    double percentage =
        random.nextBoolean()
            ? PERCENTAGES[random.nextInt(PERCENTAGES.length)]
            : random.nextDouble() * 100;
    return new ProbabilisticSamplerConfig(
        percentage,
        random.nextBoolean() ? 0 : random.nextInt() & 0xffff_ffffL,
        mode,
        random.nextBoolean(),
        1 + random.nextInt(14),
        random.nextBoolean() ? "traceID" : "record",
        random.nextBoolean() ? "" : "id",
        random.nextBoolean() ? "" : "share");
  }

  private static ExportTraceServiceRequest spans(Random random) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int r = random.nextInt(4); r > 0; r--) {
      var resource = request.addResourceSpansBuilder().setSchemaUrl("r" + r);
      for (int s = random.nextInt(4); s > 0; s--) {
        ScopeSpans.Builder scope = resource.addScopeSpansBuilder().setSchemaUrl("s" + s);
        for (int i = random.nextInt(5); i > 0; i--) {
          scope.addSpans(span(random));
        }
      }
    }
    return request.setUnknownFields(UNKNOWN).build();
  }

  private static Span span(Random random) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId(random))
            .setName("n" + random.nextInt(100))
            .setTraceState(TRACE_STATES[random.nextInt(TRACE_STATES.length)].formatted(rv(random)))
            .addAttributes(attribute("a", value(random)));
    if (random.nextInt(4) == 0) {
      span.addAttributes(attribute("sampling.priority", value(random)));
    }
    return random.nextBoolean() ? span.build() : span.setUnknownFields(UNKNOWN).build();
  }

  private static ExportLogsServiceRequest logs(Random random) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (int r = random.nextInt(4); r > 0; r--) {
      var resource = request.addResourceLogsBuilder().setSchemaUrl("r" + r);
      for (int s = random.nextInt(4); s > 0; s--) {
        ScopeLogs.Builder scope = resource.addScopeLogsBuilder().setSchemaUrl("s" + s);
        for (int i = random.nextInt(5); i > 0; i--) {
          scope.addLogRecords(log(random));
        }
      }
    }
    return request.setUnknownFields(UNKNOWN).build();
  }

  private static LogRecord log(Random random) {
    LogRecord.Builder log = LogRecord.newBuilder().setTraceId(traceId(random));
    if (random.nextBoolean()) {
      log.addAttributes(attribute("id", value(random)));
    }
    if (random.nextInt(3) == 0) {
      String threshold = random.nextInt(8) == 0 ? "xyz" : random.nextBoolean() ? "8" : "40";
      log.addAttributes(attribute("sampling.threshold", text(threshold)));
    }
    if (random.nextInt(3) == 0) {
      log.addAttributes(
          attribute(
              "sampling.randomness", random.nextInt(8) == 0 ? value(random) : text(rv(random))));
    }
    if (random.nextInt(3) == 0) {
      log.addAttributes(attribute("share", value(random)));
    }
    return random.nextBoolean() ? log.build() : log.setUnknownFields(UNKNOWN).build();
  }

  private static ByteString traceId(Random random) {
    byte[] id = new byte[random.nextInt(6) == 0 ? 0 : 16];
    if (random.nextInt(6) > 0) {
      random.nextBytes(id);
    }
    return ByteString.copyFrom(id);
  }

  private static String rv(Random random) {
    String digits = "%014x".formatted(random.nextLong() & ((1L << 56) - 1));
    return random.nextBoolean() ? digits : digits.toUpperCase(Locale.ROOT);
  }

  private static AnyValue value(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> AnyValue.newBuilder().setIntValue(random.nextInt(4)).build();
      case 1 -> AnyValue.newBuilder().setIntValue(random.nextLong()).build();
      case 2 -> text(random.nextInt(3) + ".5");
      case 3 -> text("");
      case 4 -> AnyValue.newBuilder().setBoolValue(random.nextBoolean()).build();
      case 5 -> AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("xy")).build();
      default -> AnyValue.getDefaultInstance();
    };
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
