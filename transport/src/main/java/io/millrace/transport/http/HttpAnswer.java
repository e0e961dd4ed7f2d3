package io.millrace.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a handler answers. Immutable, and so is the body from now on.
 *
 * @param contentType of the body, also of an empty one
 * @param headers beside content type, length and connection
 */
@SuppressWarnings("ArrayRecordComponent") // carries the array; nobody compares answers
public record HttpAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  public HttpAnswer(int status, String contentType, byte[] body) {
    this(status, contentType, body, Map.of());
  }

  /** Whether its status allows no body, and no header about one. */
  boolean isBodiless() {
    return status == 204;
  }

  /** Returns an answer for people. */
  public static HttpAnswer text(int status, String message) {
    return of(status, "text/plain; charset=utf-8", message);
  }

  /** Returns a text of any type, in UTF-8. */
  public static HttpAnswer of(int status, String contentType, String text) {
    return new HttpAnswer(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }
}
