package io.millrace.testkit.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A destination in the same process. Thread safe. */
final class FakeDestination implements Destination {
  private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;

  /** Takes a request; the answer never comes for {@link Destination.Answer#NEVER}. */
  CompletableFuture<Answer> send(byte[] body) {
    attempts.incrementAndGet();
    Answer answer = script.apply(body);
    if (answer == Answer.NEVER) {
      return new CompletableFuture<>();
    }
    if (answer == Answer.ACCEPT) {
      accepted.add(body);
    }
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public void answer(Function<byte[], Answer> newScript) {
    script = newScript;
  }

  @Override
  public List<byte[]> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public int attempts() {
    return attempts.get();
  }
}
