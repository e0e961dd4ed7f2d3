package io.millrace.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** A number that goes up and down; exposed as a gauge. Thread safe. */
public final class UpDownCounter {
  private final LongAdder value = new LongAdder();

  UpDownCounter() {}

  /** Adds {@code amount}, which may be negative. */
  public void add(long amount) {
    value.add(amount);
  }

  /** Returns the sum so far; additions under way may be missing from it. */
  public long value() {
    return value.sum();
  }
}
