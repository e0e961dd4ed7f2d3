package io.millrace.testkit;

import io.millrace.component.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to move. Thread safe. */
public final class ManualClock implements Clock {
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long unixNanos() {
    return 1_700_000_000_000_000_000L + nanos.get();
  }

  /** Moves both times forward. */
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
