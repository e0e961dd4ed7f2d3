package io.millrace.testkit.contract;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Receiver;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.SenderAnswer.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;

/** A small receiver without a wire that keeps the contract, to be broken by subclasses. */
class InProcessReceiver implements Receiver {
  final Door door;

  /** Knows the requests under way, and one party more: whoever shuts down. */
  private final Phaser requests = new Phaser(1);

  volatile boolean open;

  InProcessReceiver(Door door) {
    this.door = door;
  }

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void shutdown() {
    open = false;
    requests.arriveAndAwaitAdvance();
  }

  SenderAnswer send(Signal signal, byte[] request) {
    requests.register();
    try {
      if (!open) {
        return SenderAnswer.of(Kind.FAILED);
      }
      return door.takes(signal) ? serve(signal, request) : SenderAnswer.of(Kind.UNSUPPORTED);
    } finally {
      requests.arriveAndDeregister();
    }
  }

  SenderAnswer serve(Signal signal, byte[] request) {
    PendingReply reply = reply();
    int bytes = reservation(request.length);
    if (door.budget().tryReserve(bytes)) {
      enter(signal, read(request), reply);
    } else {
      refuseUnread(signal, reply);
    }
    return reply.answer.join();
  }

  PendingReply reply() {
    return new PendingReply();
  }

  int reservation(int length) {
    return length;
  }

  byte[] read(byte[] request) {
    return request.clone();
  }

  void refuseUnread(Signal signal, PendingReply reply) {
    door.refuseUnread(signal, "memory", reply);
  }

  void enter(Signal signal, byte[] body, PendingReply reply) {
    try {
      door.enter(
          new InboundRequest(
              signal, body, 0, body.length, body.length, RequestContext.EMPTY, "memory"),
          reply);
    } catch (RuntimeException e) {
      reply.answer.complete(SenderAnswer.of(Kind.FAILED));
    }
  }

  /** Keeps the answer for the sender, who waits. */
  static class PendingReply implements Reply {
    final CompletableFuture<SenderAnswer> answer = new CompletableFuture<>();

    @Override
    public void accepted() {
      answer.complete(SenderAnswer.of(Kind.ACCEPTED));
    }

    @Override
    public void refused(String reason, long retryAfterNanos) {
      answer.complete(new SenderAnswer(Kind.REFUSED, retryAfterNanos));
    }

    @Override
    public void rejected(String reason) {
      answer.complete(SenderAnswer.of(Kind.REJECTED));
    }

    @Override
    public void tooLarge(String reason) {
      answer.complete(SenderAnswer.of(Kind.TOO_LARGE));
    }
  }
}
