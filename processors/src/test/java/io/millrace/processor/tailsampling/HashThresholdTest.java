package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashThresholdTest {
  /** Spreads counted numbers over all bits, as ids are; FNV-1a barely does. */
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  @Test
  void theThresholdIsTheShareOfTheLargestHashInSixtyFourBits() {
    assertThat(HashThreshold.threshold(0)).isZero();
    assertThat(HashThreshold.threshold(1)).isEqualTo(-1L);
    assertThat(HashThreshold.threshold(7)).isEqualTo(-1L);
    assertThat(HashThreshold.threshold(0.5)).isEqualTo(Long.MAX_VALUE);
    // 2^64 - 1 times the double nearest to 0.1, which is 0x1.999999999999ap-4.
    assertThat(HashThreshold.threshold(0.1)).isEqualTo(0x1999_9999_9999_99ffL);
  }

  /** Scenario: the hash as its definition says it, over salt and id. */
  @Test
  void keepsTheTracesWhoseHashIsBelow() {
    for (String salt : new String[] {"", "my-salt"}) {
      String settings = salt.isEmpty() ? "" : "hash_salt: " + salt + ", ";
      SamplerRig rig =
          SamplerRig.of(
              "{name: p, type: probabilistic, probabilistic: {"
                  + settings
                  + "sampling_percentage: 30}}");
      BigInteger threshold = new BigInteger(Long.toUnsignedString(HashThreshold.threshold(0.3)));
      int kept = 0;
      for (long i = 0; i < 1_000; i++) {
        rig.send(Traces.span(i * GOLDEN));
      }
      rig.decide();
      Set<Long> all = rig.kept();
      for (long i = 0; i < 1_000; i++) {
        long trace = i * GOLDEN;
        Span span = Traces.span(trace).build();
        String seed = salt.isEmpty() ? "default-hash-seed" : salt;
        boolean expected = fnv(seed, span.getTraceId().toByteArray()).compareTo(threshold) <= 0;
        kept += expected ? 1 : 0;
        assertThat(all.contains(trace)).as("trace %d", trace).isEqualTo(expected);
      }
      assertThat(kept).isBetween(250, 350);
    }
  }

  @Test
  void hashesLikeThePublishedVectors() {
    assertThat(fnv("", new byte[0])).isEqualTo(new BigInteger("cbf29ce484222325", 16));
    assertThat(fnv("foobar", new byte[0])).isEqualTo(new BigInteger("85944171f73967e8", 16));
  }

  static BigInteger fnv(String salt, byte[] id) {
    BigInteger hash = new BigInteger("14695981039346656037");
    byte[] first = salt.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(first, first.length + id.length);
    System.arraycopy(id, 0, all, first.length, id.length);
    for (byte each : all) {
      hash = hash.xor(BigInteger.valueOf(each & 0xff));
      hash = hash.multiply(new BigInteger("1099511628211")).and(MASK);
    }
    return hash;
  }
}
