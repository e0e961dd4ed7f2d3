package io.millrace.transport.http;

import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP client posts to, and how. Immutable.
 *
 * @param url {@code http} or {@code https}, with the path
 * @param contentType of every body
 * @param compressor of bodies
 * @param headers sent with every request; they win over the client's own
 * @param connectionsMax requests at a time, each on its own connection; more fail at once
 * @param tls for {@code https}
 * @param proxy between; {@code null} for the environment's
 */
public record HttpClientConfig(
    URI url,
    String contentType,
    Compressor compressor,
    Map<String, String> headers,
    int connectionsMax,
    ClientTlsConfig tls,
    @Nullable URI proxy) {
  /** What is kept of a response's body. */
  public static final int RESPONSE_BYTES_MAX = 64 * 1024;

  public HttpClientConfig {
    headers = Map.copyOf(headers);
  }

  public HttpClientConfig(
      URI url,
      String contentType,
      Compressor compressor,
      Map<String, String> headers,
      int connectionsMax,
      ClientTlsConfig tls) {
    this(url, contentType, compressor, headers, connectionsMax, tls, null);
  }

  boolean isTls() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  int port() {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return isTls() ? 443 : 80;
  }

  /** The host without the brackets of an IPv6 literal. */
  String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  String target() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
