package io.millrace.transport.http;

import io.netty.handler.codec.http.HttpHeaders;

/** What a server answered, whatever the status. Immutable. */
public final class HttpResponse {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  HttpResponse(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** Returns a header's first value, or an empty string; names are case-insensitive. */
  public String header(String name) {
    return headers.get(name, "");
  }

  /**
   * Returns the body as it was sent, cut at {@link HttpClientConfig#RESPONSE_BYTES_MAX}; the
   * caller's.
   */
  public byte[] body() {
    return body;
  }
}
