package io.millrace.pipeline;

import io.millrace.component.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reply that remembers what was said. Thread safe. */
final class FakeReply implements Reply {
  final List<String> said = new CopyOnWriteArrayList<>();
  volatile long retryAfterNanos;

  @Override
  public void accepted() {
    said.add("accepted");
  }

  @Override
  public void refused(String reason, long hintNanos) {
    retryAfterNanos = hintNanos;
    said.add("refused " + reason);
  }

  @Override
  public void rejected(String reason) {
    said.add("rejected " + reason);
  }

  @Override
  public void tooLarge(String reason) {
    said.add("too large " + reason);
  }
}
