package io.millrace.component;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An extension that tells whose requests a receiver takes; named as {@code auth.authenticator} of a
 * receiver's protocol.
 *
 * <p>Called on event loops, by several at once, between {@code start} and {@code shutdown}: thread
 * safe, never blocks.
 */
public interface ServerAuthenticator extends Extension {
  /** What became of one request. Texts are for the sender, and hold nothing secret. Immutable. */
  sealed interface Authentication {
    /**
     * The sender is known.
     *
     * @param attributes of the sender, which processors know as {@code auth.<name>}
     */
    record Passed(Map<String, String> attributes) implements Authentication {
      public Passed {
        attributes = Map.copyOf(attributes);
      }

      /** Returns the names alone: one of the values may be a password. */
      @Override
      public String toString() {
        return "Passed" + attributes.keySet();
      }
    }

    /** The sender is not known, or not by these credentials. */
    record Refused(String reason) implements Authentication {}

    /** Too many senders want to be looked up; the request should be sent again. */
    record Overloaded() implements Authentication {}
  }

  /**
   * Looks a sender up.
   *
   * <p>A receiver asks when it has the headers, reads the request when it knows who sends it, and
   * asks a second time with the whole request. So the same headers should find what the first time
   * found.
   *
   * @param headers by lower-case name, in order of arrival
   * @param result is told once, possibly before this returns, from any thread; must not block
   */
  void authenticate(Map<String, List<String>> headers, Consumer<Authentication> result);
}
