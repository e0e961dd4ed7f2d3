package io.millrace.component;

import java.time.Duration;

/**
 * A stage that changes, selects, joins or holds batches before it passes them to the next consumer.
 *
 * <p>Each pipeline shard has its own instance. {@link #consume} and {@link #tick} are called by
 * that shard's ring thread only, so a processor needs no lock. {@link #shutdown()} is called after
 * the ring has run dry and passes on whatever is still held.
 */
public interface Processor extends Stage {
  /** Returns how often {@link #tick} wants to be called; zero for never. Constant. */
  default Duration tickInterval() {
    return Duration.ZERO;
  }

  /**
   * Lets time pass: called between batches, at least once per {@link #tickInterval()} unless the
   * thread is busy with one batch.
   *
   * @param nanos the injected clock's monotonic time
   */
  default void tick(long nanos) {}
}
