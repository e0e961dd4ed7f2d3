package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Response;
import java.util.concurrent.atomic.AtomicLong;

/** A sink that misbehaves as it is told. Thread safe. */
final class FaultySink implements SinkBehaviour {
  /** Ways to treat requests. */
  enum Mood {
    /** Takes every request. */
    WELL,
    /** Refuses every second request. */
    FLAKY,
    /** Answers no request, and takes every second one nevertheless. */
    HANGING
  }

  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private volatile Mood mood = Mood.WELL;

  void setMood(Mood newMood) {
    mood = newMood;
  }

  long refused() {
    return refused.get();
  }

  long unanswered() {
    return unanswered.get();
  }

  @Override
  public void handle(Runnable count, Response response) {
    boolean isEven = requests.getAndIncrement() % 2 == 0;
    switch (mood) {
      case WELL -> PROMPT.handle(count, response);
      case FLAKY -> {
        if (isEven) {
          refused.incrementAndGet();
          response.refuse();
        } else {
          PROMPT.handle(count, response);
        }
      }
      case HANGING -> {
        unanswered.incrementAndGet();
        if (isEven) {
          count.run();
        }
      }
    }
  }
}
