package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.wire.MalformedWireException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class FramingFuzzTest {
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};

  /**
   * Scenario: the same bytes are framed as a request of each signal.
   *
   * <p>Guarantees: framing gives a number or {@link MalformedWireException} and writes nothing; of
   * what protobuf-java accepts it counts the same items, and refuses only the deliberate
   * exceptions.
   */
  @MethodSource
  @FuzzTest
  void frame(byte[] bytes) throws IOException {
    for (Signal signal : SIGNALS) {
      byte[] before = bytes.clone();
      int items = items(signal, bytes);
      assertThat(bytes).isEqualTo(before);
      Optional<Integer> expected = ProtobufOracle.items(signal, bytes);
      if (items >= 0 && expected.isPresent()) {
        assertThat(expected).contains(items);
      }
      if (items < 0 && expected.isPresent()) {
        assertThat(ReferenceWalk.of(signal, bytes).reasons()).isNotEmpty();
      }
    }
  }

  static Stream<byte[]> frame() {
    return Stream.of(SIGNALS).flatMap(FuzzSeeds::of);
  }

  private static int items(Signal signal, byte[] bytes) {
    try {
      return OtlpValidator.framing(signal, bytes, 0, bytes.length).items();
    } catch (MalformedWireException e) {
      assertThat(e.offset()).isBetween(0, bytes.length - 1);
      return -1;
    }
  }
}
