package io.millrace.benchmarks.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses the next few requests with a hint, and notes when each request came. Thread safe. */
final class HintedRefusals {
  private final List<Long> arrivals = new ArrayList<>();
  private int left;
  private long hintNanos;

  synchronized void begin(int times, Duration hint) {
    arrivals.clear();
    left = times;
    hintNanos = hint.toNanos();
  }

  /** Notes a request; returns the hint to refuse it with, or 0 to take it. */
  synchronized long nextHintNanos(long nowNanos) {
    arrivals.add(nowNanos);
    return left-- > 0 ? hintNanos : 0;
  }

  /** Returns the times between the requests since the beginning. */
  synchronized List<Duration> pauses() {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < arrivals.size(); i++) {
      pauses.add(Duration.ofNanos(arrivals.get(i) - arrivals.get(i - 1)));
    }
    return pauses;
  }
}
