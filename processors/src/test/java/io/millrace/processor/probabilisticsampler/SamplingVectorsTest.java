package io.millrace.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.config.ConfigException;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Decisions and tracestates that are known from elsewhere: the specification's examples and what
 * the collector's processor answers for the same input.
 */
class SamplingVectorsTest {
  private static final String DROPPED = "dropped";

  /** Passes at 50 % and not at 49 %. */
  private static final String HALF = "fefefefefefefefefe80000000000000";

  private static String traceState(String settings, String traceId, String traceState)
      throws ConfigException {
    Span in =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
            .setName("GET /")
            .setTraceState(traceState)
            .build();
    Span out = new Sampled(ProbabilisticSamplerConfigTest.load(settings), Signal.TRACES).sample(in);
    if (out.equals(Span.getDefaultInstance())) {
      return DROPPED;
    }
    assertThat(out.toBuilder().clearTraceState().build())
        .isEqualTo(in.toBuilder().clearTraceState().build());
    return out.getTraceState();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // percentage, precision | trace id, - for HALF | in | equalizing | proportional
        "100, 4 | - | '' | ot=th:0 | ot=th:0",
        "200, 4 | - | '' | ot=th:0 | ot=th:0",
        "50, 4 | - | '' | ot=th:8 | ot=th:8",
        "49, 4 | - | '' | dropped | dropped",
        "25, 4 | ddddddddddddddddddc0000000000000 | '' | ot=th:c | ot=th:c",
        "25, 4 | ddddddddddddddddddb0000000000000 | '' | dropped | dropped",
        "1, 14 | - | ot=rv:FD70A3D70A3D71 | ot=rv:FD70A3D70A3D71;th:fd70a3d70a3d71"
            + " | ot=rv:FD70A3D70A3D71;th:fd70a3d70a3d71",
        "1, 14 | - | ot=rv:FD70A3D70A3D70 | dropped | dropped",
        "1, 4 | - | ot=rv:FD70A3D70A3D71 | ot=rv:FD70A3D70A3D71;th:fd70a"
            + " | ot=rv:FD70A3D70A3D71;th:fd70a",
        "1, 3 | - | ot=rv:FD70A3D70A3D71 | dropped | dropped",
        "1, 4 | a0a0a0a0a0a0a0a0a0fe000000000000 | '' | ot=th:fd70a | ot=th:fd70a",
        "50, 4 | - | ot=rv:90000000000000;th:80000000000000"
            + " | ot=rv:90000000000000;th:8 | dropped",
        "25, 4 | - | ot=th:8 | dropped | dropped",
        "25, 4 | ffffffffffffffffffffffffffffffff | ot=th:8 | ot=th:c | ot=th:e",
        "50, 4 | - | ot=rv:c0000000000000;th:8"
            + " | ot=rv:c0000000000000;th:8 | ot=rv:c0000000000000;th:c",
        "40, 3 | - | ot=rv:a0000000000000"
            + " | ot=rv:a0000000000000;th:99a | ot=rv:a0000000000000;th:99a",
        "40, 6 | a0a0a0a0a0a0a0a0a0d0000000000000 | ot=th:8 | ot=th:99999a | ot=th:cccccd",
        "40, 3 | a0a0a0a0a0a0a0a0a0b0000000000000 | ot=th:8 | ot=th:99a | dropped",
        "40, 3 | a0a0a0a0a0a0a0a0a080000000000000 | ot=th:8 | dropped | dropped",
        "0.006103515625, 4 | 111111111111111111ffffffffffffff | ot=th:fffc"
            + " | ot=th:fffc | ot=th:fffffff",
        "99.99992, 10 | 111111111111111111ffffffffffffff | '' | ot=th:00000cccccccd"
            + " | ot=th:00000cccccccd",
        "0.0625, 4 | 111111111111111111ffffffffffffff | ot=th:fffffffffffff8"
            + " | ot=th:fffffffffffff8 | dropped",
        // everything else in a tracestate is kept, ours goes to the front
        "50, 4 | - | 'a=1, ot=x:y;zz:1 ,t@b=2' | 'ot=th:8;x:y;zz:1,a=1,t@b=2'"
            + " | 'ot=th:8;x:y;zz:1,a=1,t@b=2'",
      })
  void decidesAndMarksAsPublished(
      String share, String traceId, String in, String equalizing, String proportional)
      throws ConfigException {
    String[] parts = share.split(", ", -1);
    String settings =
        "{sampling_percentage: %s, sampling_precision: %s, mode: %s}"
            .formatted(parts[0], parts[1], "%s");
    String id = traceId == null ? HALF : traceId;
    assertThat(traceState(settings.formatted("equalizing"), id, in)).isEqualTo(equalizing);
    assertThat(traceState(settings.formatted("proportional"), id, in)).isEqualTo(proportional);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00000000000000000000000000000000 | '' | missing_randomness | ot=th:0",
        "fefefefefefefefefe80000000000000 | ot=rv:abababababababab | unreadable | unchanged",
        "fefefefefefefefefe80000000000000 | ot=th:abababababababab | unreadable | unchanged",
        "fefefefefefefefefe80000000000000 | ot=th:-1 | unreadable | unchanged",
        "fefefefefefefefefe80000000000000 | ot=th:8;;x:y | unreadable | unchanged",
        "fefefefefefefefefe80000000000000 | =novalue | unreadable | unchanged",
        "ffffffffffffffffff70000000000000 | ot=th:8 | inconsistent_threshold | ot=th:0",
        "fefefefefefefefefe80000000000000 | ot=th:8;rv:70000000000000"
            + " | inconsistent_threshold | ot=rv:70000000000000;th:0",
      })
  void failsOpenOrClosedAndCountsWhy(String traceId, String in, String fault, String open)
      throws ConfigException {
    for (String mode : new String[] {"equalizing", "proportional"}) {
      String settings = "{sampling_percentage: 100, mode: " + mode + ", fail_closed: %s}";
      assertThat(traceState(settings.formatted("true"), traceId, in)).isEqualTo(DROPPED);
      assertThat(traceState(settings.formatted("false"), traceId, in))
          .isEqualTo(open.equals("unchanged") ? in : open);
      Sampled sampled =
          new Sampled(
              ProbabilisticSamplerConfigTest.load(settings.formatted("true")), Signal.TRACES);
      sampled.sample(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
              .setTraceState(in)
              .build());
      assertThat(
              sampled
                  .metrics()
                  .counter(
                      "millrace_processor_sampling_faults_total",
                      "",
                      "processor",
                      "probabilistic_sampler",
                      "otel_signal",
                      "traces",
                      "fault",
                      fault)
                  .value())
          .isEqualTo(1);
    }
  }

  @Test
  void hashesAsTheCollectorAlwaysHas() {
    assertThat(HashedRandomness.fnv1a(new byte[0], 0, 0, 0) & 0x3fff).isEqualTo(0x3515);
    assertThat(HashedRandomness.fnv1a(new byte[16], 0, 16, 0) & 0x3fff).isEqualTo(0x2455);
    // FNV-1a of "foobar" by its authors' table, from the state that four bytes of seed lead to:
    // the seed is chosen so that seed and rest are the text itself.
    int foob = 0x626f6f66;
    assertThat(HashedRandomness.fnv1a("ar".getBytes(StandardCharsets.US_ASCII), 0, 2, foob))
        .isEqualTo(0xbf9cf968);
  }

  @ParameterizedTest
  @CsvSource({"100,0", "75,4", "50,8", "25,c", "10,e668", "33.333333333,aaac"})
  void marksTheFourteenBitsOfTheHash(String percentage, String threshold) throws ConfigException {
    Sampled sampled =
        new Sampled(
            ProbabilisticSamplerConfigTest.load(
                "{sampling_percentage: " + percentage + ", hash_seed: 4312}"),
            Signal.TRACES);
    int kept = 0;
    for (int i = 1; kept < 10; i++) {
      byte[] id = new byte[16];
      id[3] = (byte) i;
      id[9] = (byte) (i >> 8);
      Span out =
          sampled.sample(
              Span.newBuilder().setTraceId(ByteString.copyFrom(id)).setName("a").build());
      if (!out.equals(Span.getDefaultInstance())) {
        assertThat(out.getTraceState()).matches("ot=rv:[0-9a-f]{14};th:" + threshold);
        kept++;
      }
      assertThat(i).as("ids tried").isLessThan(10_000);
    }
  }

  @Test
  void roundsAPercentageBelowFourteenBitsToNothing() throws ConfigException {
    ProbabilisticSamplerConfig config =
        ProbabilisticSamplerConfigTest.load("{sampling_percentage: 0.0045, hash_seed: 1}");
    assertThat(Sampler.of(config, false).kind()).isEqualTo(Sampler.Kind.NEVER);
  }

  @ParameterizedTest
  @CsvSource({
    "int,0,dropped",
    "int,1,ot=th:0",
    "int,-1,ot=th:8",
    "double,0,dropped",
    "double,0.5,ot=th:0",
    "double,-0.5,ot=th:8",
    "string,0.0,dropped",
    "string,0.5,ot=th:0",
    "string,-0.5,ot=th:8",
    "string,NaN,ot=th:8",
    "string,x,ot=th:8",
  })
  void obeysThePriorityOfASpan(String type, String value, String expected) throws ConfigException {
    AnyValue.Builder priority = AnyValue.newBuilder();
    switch (type) {
      case "int" -> priority.setIntValue(Long.parseLong(value));
      case "double" -> priority.setDoubleValue(Double.parseDouble(value));
      default -> priority.setStringValue(value);
    }
    Span in =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(HALF)))
            .addAttributes(KeyValue.newBuilder().setKey("sampling.priority").setValue(priority))
            .build();
    ProbabilisticSamplerConfig half =
        ProbabilisticSamplerConfigTest.load("sampling_percentage: 50");
    Span out = new Sampled(half, Signal.TRACES).sample(in);
    assertThat(out.equals(Span.getDefaultInstance()) ? DROPPED : out.getTraceState())
        .isEqualTo(expected);
  }

  @Test
  void marksLogRecordsInAttributesAndReplacesEveryOlderMark() throws ConfigException {
    LogRecord in =
        LogRecord.newBuilder()
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(HALF)))
            .addAttributes(OtlpSamples.attribute("a", 1))
            .addAttributes(OtlpSamples.attribute("sampling.threshold", "4"))
            .addAttributes(OtlpSamples.attribute("b", 2))
            .addAttributes(OtlpSamples.attribute("sampling.threshold", "2"))
            .build();
    ProbabilisticSamplerConfig half =
        ProbabilisticSamplerConfigTest.load("{sampling_percentage: 50, mode: equalizing}");
    assertThat(new Sampled(half, Signal.LOGS).sample(in))
        .isEqualTo(
            in.toBuilder()
                .removeAttributes(3)
                .setAttributes(1, OtlpSamples.attribute("sampling.threshold", "8"))
                .build());
  }

  @Test
  void letsALogRecordAskForAPercentageOfItsOwn() throws ConfigException {
    ProbabilisticSamplerConfig config =
        ProbabilisticSamplerConfigTest.load("{sampling_percentage: 1, sampling_priority: share}");
    LogRecord plain =
        LogRecord.newBuilder()
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(HALF)))
            .build();
    LogRecord asking = plain.toBuilder().addAttributes(OtlpSamples.attribute("share", 50)).build();
    Sampled sampled = new Sampled(config, Signal.LOGS);
    assertThat(sampled.sample(plain)).isEqualTo(LogRecord.getDefaultInstance());
    assertThat(sampled.sample(asking))
        .isEqualTo(
            asking.toBuilder()
                .addAttributes(OtlpSamples.attribute("sampling.threshold", "8"))
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,1.5",
    "100.0,100",
    "1e21,1e+21",
    "1e20,100000000000000000000",
    "1e-6,0.000001",
    "1.25e-7,1.25e-7",
    "-0.0,-0",
    "NaN,''",
    "-1.7976931348623157E308,-1.7976931348623157e+308",
  })
  void printsNumbersAsTheCollectorDoes(double number, String text) {
    assertThat(Numbers.print(number)).isEqualTo(text);
  }
}
