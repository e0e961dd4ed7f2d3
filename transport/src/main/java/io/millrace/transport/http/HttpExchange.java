package io.millrace.transport.http;

import java.util.List;
import java.util.Map;

/**
 * One request and the way to answer it, whatever the version of HTTP.
 *
 * <p>{@link #answer} is called once, from any thread; it neither blocks nor throws, also when the
 * client is gone. The other methods are for the event loop that calls the handler.
 */
public interface HttpExchange {
  String method();

  /** The path without the query, as it was sent. */
  String path();

  /** What follows the path's question mark, as it was sent; may be empty. */
  String query();

  /** Returns a header's first value, or an empty string; names are case-insensitive. */
  String header(String name);

  /** Returns all headers by lower-case name; costs an object per header. */
  Map<String, List<String>> headers();

  /** The peer as {@code ip:port}, or empty where unknown. */
  String peer();

  /** Answers; a second answer is ignored. */
  void answer(HttpAnswer answer);
}
