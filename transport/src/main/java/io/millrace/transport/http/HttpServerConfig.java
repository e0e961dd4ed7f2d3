package io.millrace.transport.http;

import io.millrace.transport.FileDescriptors;
import io.millrace.transport.ServerTlsConfig;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP server listens and what it bears. Immutable.
 *
 * @param address port 0 takes a free one
 * @param body what bodies it takes
 * @param connectionsMax more are closed at once
 * @param timeouts how long clients may take
 * @param keepAlive whether a connection of HTTP/1.1 serves more than one request
 * @param answerHeaders of every answer, unless it has its own
 * @param cors which other origins may send requests
 * @param tls {@code null} for plaintext
 */
public record HttpServerConfig(
    InetSocketAddress address,
    BodyLimits body,
    int connectionsMax,
    HttpTimeouts timeouts,
    boolean keepAlive,
    Map<String, String> answerHeaders,
    CorsConfig cors,
    @Nullable ServerTlsConfig tls) {
  public HttpServerConfig {
    answerHeaders = Map.copyOf(answerHeaders);
  }

  /** Describes a plaintext server with these limits. */
  public HttpServerConfig(
      InetSocketAddress address, BodyLimits body, int connectionsMax, HttpTimeouts timeouts) {
    this(address, body, connectionsMax, timeouts, true, Map.of(), CorsConfig.DEFAULT, null);
  }

  /** Bodies of 20 MiB, and as many connections as the process can hold. */
  public static HttpServerConfig listenOn(InetSocketAddress address) {
    return new HttpServerConfig(
        address, BodyLimits.DEFAULT, FileDescriptors.connectionsMax(), HttpTimeouts.DEFAULT);
  }
}
