package io.millrace.transport.http;

/**
 * Takes the result of a request: one of the methods is called, once, on an event loop or on the
 * calling thread; must not block or throw.
 */
public interface HttpCallback {
  /** The server answered, with whatever status; redirects are answers too and not followed. */
  void answered(HttpResponse response);

  /** No answer came: no connection, a connection lost, or the time was up. */
  void failed(String reason);
}
