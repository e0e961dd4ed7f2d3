package io.millrace.service;

import java.util.EnumSet;
import java.util.Set;

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

  synchronized void ask(Request request) {
    open.add(request);
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
    }
    return next;
  }
}
