package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.millrace.wire.MalformedWireException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compares every accessor of every view with protobuf-java. */
class ViewsTest {
  private static final int SEEDS = 1000;

  private final FromViews views = new FromViews();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void readWhatProtobufReads(Signal signal) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Message request = new RandomOtlp(seed).request(signal, seed % 60);
      assertThat(views.request(batch(signal, request.toByteArray())))
          .as("seed %d", seed)
          .isEqualTo(FromViews.normalized(request));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void readOddWireFormsAsProtobufDoes(Signal signal) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      Message request = random.request(signal, seed % 60);
      assertThat(views.request(batch(signal, random.bytes(request))))
          .as("seed %d", seed)
          .isEqualTo(FromViews.normalized(request));
    }
  }

  /**
   * Scenario: damaged requests, which the door would refuse, reach the views.
   *
   * <p>Guarantees: a value or {@link MalformedWireException}, and no byte from outside the range:
   * what surrounds it makes no difference.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void stayInsideTheirRangeWhateverIsThere(Signal signal) {
    int damaged = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      byte[] bytes = random.bytes(random.request(signal, seed % 60));
      mutate(bytes, new Random(seed));
      Object amongZeros = read(signal, bytes, (byte) 0);
      assertThat(read(signal, bytes, (byte) 0x0a)).as("seed %d", seed).isEqualTo(amongZeros);
      damaged += amongZeros instanceof String ? 1 : 0;
    }
    assertThat(damaged).isBetween(SEEDS / 20, SEEDS - SEEDS / 20);
  }

  private static void mutate(byte[] bytes, Random random) {
    for (int i = 0; i < 2 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
  }

  private Object read(Signal signal, byte[] bytes, byte surroundings) {
    byte[] padded = new byte[bytes.length + 40];
    Arrays.fill(padded, surroundings);
    System.arraycopy(bytes, 0, padded, 20, bytes.length);
    try {
      return views.request(batch(signal, padded, 20, bytes.length));
    } catch (MalformedWireException e) {
      return "malformed: " + e.getMessage();
    }
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes) {
    return batch(signal, bytes, 0, bytes.length);
  }

  private static OtlpBatch batch(Signal signal, byte[] bytes, int offset, int length) {
    return new OtlpBatch(
        bytes,
        offset,
        length,
        signal,
        0,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(settlement -> {}));
  }
}
