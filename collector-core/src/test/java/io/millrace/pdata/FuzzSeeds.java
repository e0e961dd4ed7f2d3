package io.millrace.pdata;

import com.google.protobuf.Message;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where fuzzing starts: small requests in plain and in odd forms. Immutable. */
final class FuzzSeeds {
  private static final int SEEDS = 60;

  private FuzzSeeds() {}

  static Stream<byte[]> of(Signal signal) {
    return IntStream.range(0, SEEDS).mapToObj(seed -> request(signal, seed));
  }

  private static byte[] request(Signal signal, int seed) {
    RandomOtlp random = new RandomOtlp(seed);
    Message request = random.request(signal, seed);
    return seed % 2 == 0 ? request.toByteArray() : random.bytes(request);
  }
}
