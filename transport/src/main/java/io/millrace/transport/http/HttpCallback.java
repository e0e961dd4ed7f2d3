package io.millrace.transport.http;

/**
 * Takes the result of a request: one of the methods is called, once, on an event loop or on the
 * calling thread; must not block or throw.
 */
public interface HttpCallback {
  /** The server answered, with whatever status; redirects are answers too and not followed. */
  void answered(HttpResponse response);

  /** No answer came, and the server may have read the request: a connection lost, or time up. */
  void failed(String reason);

  /** Not a byte was sent, because there was no connection. */
  default void notSent(String reason) {
    failed(reason);
  }
}
