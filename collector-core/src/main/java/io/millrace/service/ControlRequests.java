package io.millrace.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the control thread has been asked to do and has not begun. Asking twice is asking once.
 *
 * <p>Thread safe; {@link #await} is the control thread's.
 */
final class ControlRequests {
  /** In the order of their urgency. */
  enum Request {
    /** A component can do nothing useful any more. */
    FAIL,
    SHUT_DOWN,
    RELOAD
  }

  private final Set<Request> open = EnumSet.noneOf(Request.class);
  private final List<CompletableFuture<ReloadResult>> waiting = new ArrayList<>();
  private final List<CompletableFuture<ReloadResult>> served = new ArrayList<>();

  synchronized void ask(Request request) {
    open.add(request);
    notifyAll();
  }

  /** Asks for a reload that begins after this call, and returns how it ends. */
  synchronized CompletableFuture<ReloadResult> reload() {
    CompletableFuture<ReloadResult> result = new CompletableFuture<>();
    waiting.add(result);
    ask(Request.RELOAD);
    return result;
  }

  /** Tells whoever has asked for the reload that {@link #await} has returned. */
  synchronized void reloaded(ReloadResult result) {
    served.forEach(asker -> asker.complete(result));
    served.clear();
  }

  /** Returns whether nothing has been asked that is not begun. */
  synchronized boolean isIdle() {
    return open.isEmpty();
  }

  /** Returns whether there is no use in starting anything. */
  synchronized boolean isEnding() {
    return open.contains(Request.FAIL) || open.contains(Request.SHUT_DOWN);
  }

  /** Waits for {@code time}, or until the end is asked for. */
  synchronized void pause(Duration time) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + time.toNanos();
    long leftNanos = time.toNanos();
    while (leftNanos > 0 && !isEnding()) {
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
      leftNanos = deadlineNanos - System.nanoTime();
    }
  }

  /** Waits until {@code work} is done, or the end is asked for. */
  void await(CompletableFuture<?> work) throws InterruptedException {
    var _ = work.whenComplete((_, _) -> wake());
    synchronized (this) {
      while (!work.isDone() && !isEnding()) {
        wait();
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Waits for a request and returns the most urgent. Only a reload can be asked for again. */
  synchronized Request await() throws InterruptedException {
    while (open.isEmpty()) {
      wait();
    }
    Request next = open.iterator().next();
    if (next == Request.RELOAD) {
      open.remove(next);
      served.addAll(waiting);
      waiting.clear();
    }
    return next;
  }
}
