package io.millrace.processor.tailsampling;

/**
 * Holds as long as the traces it is asked about fit a rate of spans or bytes. A trace that does not
 * fit uses nothing up. Confined to the ring thread.
 */
final class Limiter implements Condition {
  private final TokenBucket bucket;
  private final boolean countsBytes;

  private Limiter(TokenBucket bucket, boolean countsBytes) {
    this.bucket = bucket;
    this.countsBytes = countsBytes;
  }

  static Limiter ofSpans(PolicySections.RateLimiting limit) {
    return new Limiter(new TokenBucket(limit.spansPerSecond(), limit.burstCapacity()), false);
  }

  static Limiter ofBytes(PolicySections.BytesLimiting limit) {
    return new Limiter(new TokenBucket(limit.bytesPerSecond(), limit.burstCapacity()), true);
  }

  @Override
  public Verdict evaluate(TraceTable traces, int trace, boolean isComplete) {
    if (!isComplete) {
      return Verdict.OPEN;
    }
    return Verdict.of(bucket.tryTake(countsBytes ? traces.bytes(trace) : traces.spans(trace)));
  }

  @Override
  public void startRound(long nanos, long unixSeconds) {
    bucket.fill(nanos);
  }
}
