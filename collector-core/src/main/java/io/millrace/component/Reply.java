package io.millrace.component;

/**
 * The answer to a sender. Exactly one method is called, once, from any thread; it must not block or
 * throw, also when the sender is gone.
 *
 * <p>The reply is not the ack: it is sent when the pipeline's ack level is reached, which may be
 * long before the batch ends.
 */
public interface Reply {
  /** Every item was taken. */
  void accepted();

  /**
   * Nothing was taken; the sender should try again.
   *
   * @param retryAfterNanos least time to wait; at least 1
   */
  void refused(String reason, long retryAfterNanos);

  /** Nothing was taken and never will be: the data is at fault. */
  void rejected(String reason);

  /** Nothing was taken and never will be: the request is larger than can ever fit. */
  void tooLarge(String reason);
}
