package io.millrace.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Thread safe; adding is cheap under contention. */
public final class Counter {
  private final LongAdder value = new LongAdder();

  Counter() {}

  /** Adds {@code amount}, which must not be negative. */
  public void add(long amount) {
    value.add(amount);
  }

  /** Returns the sum so far; additions under way may be missing from it. */
  public long value() {
    return value.sum();
  }
}
