package io.millrace.component;

import java.util.concurrent.atomic.AtomicLong;

/** A clock for this module's tests, which cannot use the testkit's. Thread safe. */
public final class FakeClock implements Clock {
  public final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long unixNanos() {
    return 1_700_000_000_000_000_000L + nanos.get();
  }
}
