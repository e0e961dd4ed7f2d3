package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Answer;
import io.millrace.benchmarks.traffic.RequestSender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A sender as OTLP's specification wants it: what is refused with a hint is sent again, after the
 * time that the hint names, until it is taken. Thread safe.
 */
final class HonouringSender implements RequestSender {
  private final RequestSender sender;
  private volatile boolean isClosed;

  HonouringSender(RequestSender sender) {
    this.sender = sender;
  }

  @Override
  public void send(byte[] request, Consumer<Answer> answer) {
    sender.send(
        request,
        said -> {
          boolean isToComeBack = said.kind() == Answer.Kind.REFUSED && said.retryAfterNanos() > 0;
          if (isToComeBack && !isClosed) {
            CompletableFuture.delayedExecutor(said.retryAfterNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> again(request, answer));
          } else {
            answer.accept(said);
          }
        });
  }

  private void again(byte[] request, Consumer<Answer> answer) {
    if (isClosed) {
      answer.accept(Answer.REFUSED);
    } else {
      send(request, answer);
    }
  }

  /** Sends nothing again from now on; the sender behind stays open. */
  @Override
  public void close() {
    isClosed = true;
  }
}
