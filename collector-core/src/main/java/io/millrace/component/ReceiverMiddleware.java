package io.millrace.component;

/**
 * An extension that has its say before a receiver reads a request; named in {@code middlewares} of
 * a receiver's protocol.
 *
 * <p>Called on event loops, by several at once, between {@code start} and {@code shutdown}: thread
 * safe, never blocks.
 */
public interface ReceiverMiddleware extends Extension {
  /**
   * Returns whether a request may be read; asked once a request. One that may not is refused with
   * {@link Door#refuseUnread}.
   */
  boolean admits();
}
