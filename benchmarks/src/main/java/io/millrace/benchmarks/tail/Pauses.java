package io.millrace.benchmarks.tail;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.consumer.RecordingStream;

/** Counts the pauses of garbage collections from its creation on. Thread safe. */
final class Pauses implements AutoCloseable {
  private final RecordingStream events = new RecordingStream();
  private final LongAdder count = new LongAdder();
  private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);

  Pauses() {
    events.enable("jdk.GCPhasePause").withoutThreshold();
    events.onEvent(event -> {
      count.increment();
      longestNanos.accumulate(event.getDuration().toNanos());
    });
    events.startAsync();
  }

  /** Ends the count; waits for what has happened until now. */
  void stop() {
    events.stop();
  }

  /** Returns how many there were; of meaning behind {@link #stop}. */
  long count() {
    return count.sum();
  }

  double longestMillis() {
    return longestNanos.get() / 1e6;
  }

  @Override
  public void close() {
    events.close();
  }
}
