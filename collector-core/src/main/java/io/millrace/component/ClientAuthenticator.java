package io.millrace.component;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An extension that gives an exporter's requests the headers its backend knows the sender by; named
 * as {@code auth.authenticator} of the exporter.
 *
 * <p>Called on ring threads and event loops, by several at once, between {@code start} and {@code
 * shutdown}: thread safe, never blocks.
 */
public interface ClientAuthenticator extends Extension {
  /** What one request is sent with. Immutable. */
  sealed interface Credentials {
    /**
     * The request goes out with these headers.
     *
     * @param byName each with one value; they win over those of the same name that the exporter is
     *     configured with
     */
    record Headers(Map<String, String> byName) implements Credentials {
      public Headers {
        byName = Map.copyOf(byName);
      }

      /** Returns the names alone: the values are secret. */
      @Override
      public String toString() {
        return "Headers" + byName.keySet();
      }
    }

    /** There are none for the time being; the request waits like one that its backend put off. */
    record Unavailable(String reason) implements Credentials {}

    /** There can be none for what this request carries, which is never sent. */
    record Impossible(String reason) implements Credentials {}
  }

  /**
   * Returns what {@link #authenticate} reads of a context: requests that differ in it may go out
   * under different names, and are never joined. Constant; see {@link ExtensionFactory#reads}.
   */
  default ContextKeys reads() {
    return ContextKeys.NONE;
  }

  /**
   * Finds the credentials of one request.
   *
   * @param context of what the request carries, perhaps reduced to {@link #reads()}
   * @param result is told once, possibly before this returns, from any thread; must not block
   */
  void authenticate(RequestContext context, Consumer<Credentials> result);

  /**
   * Tells that a backend did not take credentials of this extension, so that what was kept of them
   * should be asked for again. May be told often, and of credentials that have been replaced.
   */
  default void refused() {}
}
