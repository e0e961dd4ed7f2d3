package io.millrace.component;

/** The time, injected everywhere so that tests own it. Thread safe. */
public interface Clock {
  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long unixNanos() {
          return Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
        }
      };

  /** Returns monotonic time, comparable only within the process. */
  long nanos();

  /** Returns wall-clock time since 1970. */
  long unixNanos();
}
