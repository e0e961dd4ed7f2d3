package io.millrace.benchmarks.load;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Samples the resident set of a process as the operating system has it, ten times a second until
 * closed or until the process ends. Thread safe.
 */
final class RssSampler implements AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;

  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong maxKib = new AtomicLong();
  private final ContestantProcess process;
  private volatile boolean isClosed;

  private RssSampler(ContestantProcess process) {
    this.process = process;
  }

  static RssSampler start(ContestantProcess process) {
    RssSampler sampler = new RssSampler(process);
    Thread.ofPlatform().daemon().name("rss-sampler").start(sampler::run);
    return sampler;
  }

  private void run() {
    try {
      while (!isClosed && process.isAlive()) {
        maxKib.accumulateAndGet(process.rssKib(), Math::max);
        samples.incrementAndGet();
        LockSupport.parkNanos(INTERVAL_NANOS);
      }
    } catch (UncheckedIOException e) { // it has ended between the question and the answer
      isClosed = true;
    }
  }

  long samples() {
    return samples.get();
  }

  long maxKib() {
    return maxKib.get();
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
