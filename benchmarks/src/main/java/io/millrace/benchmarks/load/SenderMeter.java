package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Answer;
import io.millrace.benchmarks.traffic.RequestSender;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what is sent and how it is answered, every attempt by itself. Thread safe. */
final class SenderMeter implements RequestSender {
  private final RequestSender sender;
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong refusalsWithoutHint = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final RefusalReasons reasons = new RefusalReasons();

  SenderMeter(RequestSender sender) {
    this.sender = sender;
  }

  @Override
  public void send(byte[] request, Consumer<Answer> answer) {
    attempts.incrementAndGet();
    open.incrementAndGet();
    sender.send(
        request,
        said -> {
          count(said);
          answer.accept(said);
          open.decrementAndGet();
        });
  }

  private void count(Answer answer) {
    switch (answer.kind()) {
      case ACCEPTED -> {
        // The ledger knows which.
      }
      case REFUSED -> {
        refusals.incrementAndGet();
        reasons.add(answer.reason());
        if (answer.retryAfterNanos() <= 0) {
          refusalsWithoutHint.incrementAndGet();
        }
      }
      case FAILED -> failures.incrementAndGet();
    }
  }

  /** Returns how many attempts are not answered yet. */
  long open() {
    return open.get();
  }

  long attempts() {
    return attempts.get();
  }

  long refusals() {
    return refusals.get();
  }

  RefusalReasons reasons() {
    return reasons;
  }

  long refusalsWithoutHint() {
    return refusalsWithoutHint.get();
  }

  long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    sender.close();
  }
}
