package io.millrace.pdata;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Deep validation against protobuf-java, see {@link DeepValidationCheck}. */
class DeepValidationFuzzTest {
  @MethodSource
  @FuzzTest
  void traces(byte[] bytes) throws IOException {
    DeepValidationCheck.check(Signal.TRACES, bytes);
  }

  @MethodSource
  @FuzzTest
  void metrics(byte[] bytes) throws IOException {
    DeepValidationCheck.check(Signal.METRICS, bytes);
  }

  @MethodSource
  @FuzzTest
  void logs(byte[] bytes) throws IOException {
    DeepValidationCheck.check(Signal.LOGS, bytes);
  }

  static Stream<byte[]> traces() {
    return FuzzSeeds.of(Signal.TRACES);
  }

  static Stream<byte[]> metrics() {
    return FuzzSeeds.of(Signal.METRICS);
  }

  static Stream<byte[]> logs() {
    return FuzzSeeds.of(Signal.LOGS);
  }
}
