package io.millrace.exporter.sending;

import io.millrace.component.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Warns at most once per interval and tells how many warnings it has kept back since. Thread safe.
 */
public final class RateLimitedLog {
  private final Logger log;
  private final Clock clock;
  private final long intervalNanos;
  private final AtomicLong nextNanos;
  private final AtomicLong keptBack = new AtomicLong();

  public RateLimitedLog(Logger log, Clock clock, Duration interval) {
    this.log = log;
    this.clock = clock;
    this.intervalNanos = interval.toNanos();
    this.nextNanos = new AtomicLong(clock.nanos());
  }

  /** Logs the message, which is made only if it will be seen, or counts it. */
  public void warn(Supplier<String> message) {
    long now = clock.nanos();
    long next = nextNanos.get();
    if (now - next < 0 || !nextNanos.compareAndSet(next, now + intervalNanos)) {
      keptBack.incrementAndGet();
      return;
    }
    long count = keptBack.getAndSet(0);
    if (count == 0) {
      log.warn("{}", message.get());
    } else {
      log.warn("{} ({} similar warnings kept back before this one)", message.get(), count);
    }
  }
}
