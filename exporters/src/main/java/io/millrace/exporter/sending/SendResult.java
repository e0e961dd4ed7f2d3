package io.millrace.exporter.sending;

/**
 * How one attempt to send a batch ended. Texts are for people and may come from the backend.
 * Immutable.
 */
public sealed interface SendResult {
  SendResult DELIVERED = new Delivered();

  /** The backend took every item. */
  record Delivered() implements SendResult {}

  /**
   * The backend took the batch but for some items, without saying which; it must not be sent again.
   *
   * @param rejectedItems 0 when all were taken and the message is advice
   */
  record PartialSuccess(long rejectedItems, String message) implements SendResult {}

  /**
   * The batch may be sent again.
   *
   * @param retryAfterNanos least time to wait, 0 when the backend has no opinion
   */
  record Retryable(String reason, long retryAfterNanos) implements SendResult {}

  /**
   * The backend takes nothing from us as long as it does not know us: credentials are wrong or have
   * expired. Nothing is wrong with the batch.
   */
  record Held(String reason) implements SendResult {}

  /**
   * Nobody at the address takes such requests: it is likely not the backend's. Nothing is wrong
   * with the batch, which waits for an hour that somebody may put it right.
   */
  record Unserved(String reason) implements SendResult {}

  /** The backend took nothing of the batch, and never will as long as what is at fault is in it. */
  record Permanent(String reason) implements SendResult {}

  /** The batch can never be sent; the backend has seen nothing of it. */
  record Unsendable(String reason) implements SendResult {}

  /** The backend never takes a batch of this size. */
  record TooLarge(String reason) implements SendResult {}
}
