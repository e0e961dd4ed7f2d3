package io.millrace.transport.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.Signal;
import io.millrace.testkit.json.JsonOracle;
import io.millrace.testkit.json.JsonPrinter;
import io.millrace.wire.MalformedWireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpJsonFuzzTest {
  private static final int SEEDS = 60;
  private static final int BYTES_MAX = 1 << 20;

  @MethodSource
  @FuzzTest
  void traces(byte[] json) throws IOException {
    check(Signal.TRACES, json);
  }

  @MethodSource
  @FuzzTest
  void metrics(byte[] json) throws IOException {
    check(Signal.METRICS, json);
  }

  @MethodSource
  @FuzzTest
  void logs(byte[] json) throws IOException {
    check(Signal.LOGS, json);
  }

  static Stream<byte[]> traces() {
    return seeds(Signal.TRACES);
  }

  static Stream<byte[]> metrics() {
    return seeds(Signal.METRICS);
  }

  static Stream<byte[]> logs() {
    return seeds(Signal.LOGS);
  }

  private static Stream<byte[]> seeds(Signal signal) {
    return IntStream.range(0, SEEDS)
        .mapToObj(seed ->
            new JsonPrinter(new Random(seed))
                .print(new RandomOtlp(seed).request(signal, seed))
                .getBytes(UTF_8));
  }

  /**
   * Scenario: any bytes are read as JSON.
   *
   * <p>Guarantees: they are refused as malformed, or mean what the oracle says; validation takes
   * the wire form, and the text that is written from it means the same. Nothing stays reserved.
   */
  private static void check(Signal signal, byte[] original) throws IOException {
    byte[] json = original.clone();
    ByteBudget budget = new ByteBudget(16L * BYTES_MAX);
    OtlpJsonReader reader = new OtlpJsonReader(budget, BYTES_MAX, json);
    try {
      if (reader.read(signal) != null) {
        return;
      }
    } catch (MalformedWireException e) {
      assertThat(budget.used()).isZero();
      return;
    }
    byte[] bytes = reader.bytes();
    assertThat(budget.used()).isEqualTo(bytes.length);
    Message oracle = JsonOracle.read(signal, new String(json, UTF_8));
    assertThat(oracle.getParserForType().parseFrom(bytes)).isEqualTo(oracle);
    assertThat(OtlpValidator.deep(signal, bytes, 0, bytes.length).repairedBytes()).isZero();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OtlpJsonWriter.write(signal, bytes, 0, bytes.length, written);
    assertThat(JsonOracle.read(signal, written.toString(UTF_8))).isEqualTo(oracle);
  }
}
