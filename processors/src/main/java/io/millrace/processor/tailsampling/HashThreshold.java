package io.millrace.processor.tailsampling;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a share of all traces by a hash of their id, bit for bit as the collector does: FNV-1a of
 * 64 bits over salt and id, compared with that share of the largest hash. Collectors with the same
 * salt keep the same traces. Immutable.
 *
 * <p>Source: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV</a>.
 */
final class HashThreshold implements Condition {
  private static final String SALT = "default-hash-seed";
  private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x100_0000_01b3L;
  private static final BigInteger HASH_MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private final long saltHash;
  private final long threshold;

  /**
   * Creates the condition.
   *
   * @param salt empty for the collector's default
   * @param percentage of traces to keep; from 100 on, all
   */
  HashThreshold(String salt, double percentage) {
    long hash = FNV_OFFSET;
    for (byte each : (salt.isEmpty() ? SALT : salt).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    this.saltHash = hash;
    this.threshold = threshold(percentage / 100);
  }

  @Override
  public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
    long hash = mix(mix(saltHash, traces.idHigh(trace)), traces.idLow(trace));
    return Verdict.of(Long.compareUnsigned(hash, threshold) <= 0);
  }

  private static long mix(long hash, long bytes) {
    long mixed = hash;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      mixed = (mixed ^ (bytes >>> shift & 0xff)) * FNV_PRIME;
    }
    return mixed;
  }

  /**
   * Returns the share of the largest hash, as an unsigned number: the product in 64 bits of
   * precision, rounded to even, then cut to a whole number.
   */
  static long threshold(double ratio) {
    if (ratio >= 1) {
      return -1;
    }
    BigDecimal product = new BigDecimal(HASH_MAX).multiply(new BigDecimal(ratio));
    BigDecimal scaled = product;
    int shift = 0;
    BigDecimal limit = new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE - 1));
    while (scaled.signum() > 0 && scaled.compareTo(limit) < 0) {
      scaled = scaled.multiply(BigDecimal.TWO);
      shift++;
    }
    BigInteger mantissa = scaled.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    return mantissa.shiftRight(shift).longValue();
  }
}
