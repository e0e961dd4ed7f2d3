package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Deep validation and protobuf-java agree, see {@link DeepValidationCheck}. */
class OtlpValidatorOracleTest {
  private static final int SEEDS = 1_000;
  private static final int CORPUS_SEEDS = 4;
  private static final int CORPUS_BYTES_MAX = 300;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void acceptsWhatProtobufWrites(Signal signal) throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] bytes = new RandomOtlp(seed).request(signal, seed % 80).toByteArray();
      assertThat(DeepValidationCheck.check(signal, bytes)).as("seed %d", seed).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void agreesOnOddWireForms(Signal signal) throws IOException {
    int accepted = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      if (DeepValidationCheck.check(signal, random.bytes(random.request(signal, seed % 80)))) {
        accepted++;
      }
    }
    assertThat(accepted).isGreaterThan(SEEDS / 2);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void agreesOnEveryTruncation(Signal signal) throws IOException {
    for (byte[] request : corpus(signal)) {
      for (int length = 0; length < request.length; length++) {
        DeepValidationCheck.check(signal, Arrays.copyOf(request, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void agreesOnEveryMutationOfOneByte(Signal signal) throws IOException {
    int accepted = 0;
    for (byte[] request : corpus(signal)) {
      for (int at = 0; at < request.length; at++) {
        byte original = request[at];
        for (int change = 1; change < 256; change++) {
          request[at] = (byte) (original ^ change);
          accepted += DeepValidationCheck.check(signal, request) ? 1 : 0;
        }
        request[at] = original;
      }
    }
    assertThat(accepted).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void agreesOnSplicesOfTwoRequests(Signal signal) throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] left = odd(signal, seed);
      byte[] right = odd(signal, seed + SEEDS);
      int leftEnd = random.nextInt(left.length + 1);
      int rightStart = random.nextInt(right.length + 1);
      byte[] splice = Arrays.copyOf(left, leftEnd + right.length - rightStart);
      System.arraycopy(right, rightStart, splice, leftEnd, right.length - rightStart);
      DeepValidationCheck.check(signal, splice);
    }
  }

  private static byte[][] corpus(Signal signal) {
    byte[][] corpus = new byte[CORPUS_SEEDS][];
    int found = 0;
    for (int seed = 0; found < CORPUS_SEEDS; seed++) {
      byte[] bytes = odd(signal, seed);
      if (bytes.length > CORPUS_BYTES_MAX / 3 && bytes.length <= CORPUS_BYTES_MAX) {
        corpus[found++] = bytes;
      }
    }
    return corpus;
  }

  private static byte[] odd(Signal signal, int seed) {
    RandomOtlp random = new RandomOtlp(seed);
    Message request = random.request(signal, seed % 40);
    return random.bytes(request);
  }
}
