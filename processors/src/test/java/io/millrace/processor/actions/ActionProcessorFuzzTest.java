package io.millrace.processor.actions;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.Signal;
import io.millrace.wire.MalformedWireException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class ActionProcessorFuzzTest {
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};
  private static final int SEEDS = 60;

  /**
   * Scenario: the first byte chooses the actions, the others are a request of each signal.
   *
   * <p>Guarantees: what the door lets in comes out as the plain implementation has it.
   */
  @MethodSource
  @FuzzTest
  void edit(byte[] bytes) throws InvalidProtocolBufferException {
    if (bytes.length == 0) {
      return;
    }
    byte[] request = new byte[bytes.length - 1];
    ByteBuffer.wrap(bytes, 1, request.length).get(request);
    RandomActions random = new RandomActions(bytes[0]);
    for (Signal signal : SIGNALS) {
      for (Level level : new Level[] {Level.RESOURCE, Level.RECORD}) {
        byte[] repaired = request.clone();
        if (isValid(signal, repaired)) {
          ActionCheck.check(signal, level, repaired, random.actions(), random.context());
        }
      }
    }
  }

  static Stream<byte[]> edit() {
    return IntStream.range(0, SEEDS).mapToObj(ActionProcessorFuzzTest::seed);
  }

  private static byte[] seed(int seed) {
    RandomOtlp random = new RandomOtlp(seed);
    byte[] request = random.request(SIGNALS[seed % SIGNALS.length], seed).toByteArray();
    return ByteBuffer.allocate(request.length + 1).put((byte) seed).put(request).array();
  }

  private static boolean isValid(Signal signal, byte[] request) {
    try {
      OtlpValidator.deep(signal, request, 0, request.length);
      return true;
    } catch (MalformedWireException e) {
      return false;
    }
  }
}
