package io.millrace.processor.tailsampling;

import io.millrace.processor.probability.Threshold;

/**
 * Holds as long as the traces it is asked about fit a rate of spans or bytes. A trace that does not
 * fit uses nothing up. Confined to the ring thread.
 */
final class Limiter implements Condition {
  private final TokenBucket bucket;
  private final boolean countsBytes;
  private final Cutoff cutoff;

  private Limiter(TokenBucket bucket, boolean countsBytes, Cutoff cutoff) {
    this.bucket = bucket;
    this.countsBytes = countsBytes;
    this.cutoff = cutoff;
  }

  static Limiter ofSpans(PolicySections.RateLimiting limit, Cutoff cutoff) {
    return new Limiter(
        new TokenBucket(limit.spansPerSecond(), limit.burstCapacity()), false, cutoff);
  }

  static Limiter ofBytes(PolicySections.BytesLimiting limit, Cutoff cutoff) {
    return new Limiter(
        new TokenBucket(limit.bytesPerSecond(), limit.burstCapacity()), true, cutoff);
  }

  @Override
  public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
    if (!isComplete) {
      return Verdict.OPEN;
    }
    long randomness = traces.randomness(trace);
    long amount = amount(traces, trace);
    if (cutoff.isBeyond(randomness) || !bucket.canHold(amount)) {
      return Verdict.NO;
    }
    boolean fits = bucket.tryTake(amount);
    if (!fits) {
      cutoff.endAt(randomness);
    }
    return Verdict.of(fits);
  }

  private long amount(TraceTable traces, int trace) {
    return countsBytes ? traces.bytes(trace) : traces.spans(trace);
  }

  /** A limit is never negated where decisions are consistent. */
  @Override
  public long threshold(TraceTable traces, int trace, boolean holds) {
    return bucket.canHold(amount(traces, trace)) ? cutoff.threshold() : Threshold.NEVER;
  }

  @Override
  public void startRound(long nanos, long unixSeconds) {
    bucket.fill(nanos);
    cutoff.startRound();
  }
}
