package io.millrace.component;

import io.millrace.pdata.Signal;

/**
 * The only way into the pipelines, and the only place that refuses.
 *
 * <p>A receiver reserves the bytes it is about to read, reads, and enters the request; validation,
 * admission, counting and the choice of the moment to reply are the door's. Thread safe; no method
 * blocks.
 */
public interface Door {
  /**
   * Returns whether any pipeline takes this signal from the receiver; if not, its service or path
   * does not exist.
   */
  boolean takes(Signal signal);

  /** Returns the budget to reserve from before a body is read. */
  ByteBudget budget();

  /**
   * Takes the request and its reservation, in every case, and answers through {@code reply},
   * possibly before this returns.
   */
  void enter(InboundRequest request, Reply reply);

  /**
   * Refuses a request that was not read for want of budget, or because a middleware did not admit
   * it: counts it, and answers with the process's hint before this returns. What is larger than
   * {@code budget().limit()} can never fit and is not refused but answered with {@link
   * Reply#tooLarge}.
   */
  void refuseUnread(Signal signal, String transport, Reply reply);

  /**
   * Rejects for good a request that is not what it should be, such as damaged JSON: counts one
   * failed item, since nobody knows how many were meant.
   */
  void rejectUnreadable(Signal signal, String transport, String reason, Reply reply);
}
