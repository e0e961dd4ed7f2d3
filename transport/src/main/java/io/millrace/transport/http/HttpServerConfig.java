package io.millrace.transport.http;

import io.millrace.transport.ServerTlsConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP server listens and what it bears. Immutable.
 *
 * @param address port 0 takes a free one
 * @param bodyBytesMax of one body, as sent and after decompression
 * @param connectionsMax more are closed at once
 * @param patience how long a connection may be idle, take over a head, or over a body
 * @param tls {@code null} for plaintext
 */
public record HttpServerConfig(
    InetSocketAddress address,
    int bodyBytesMax,
    int connectionsMax,
    Duration patience,
    @Nullable ServerTlsConfig tls) {
  /** Bodies of 20 MiB, 4096 connections, patience of a minute. */
  public static HttpServerConfig listenOn(InetSocketAddress address) {
    return new HttpServerConfig(address, 20 * 1024 * 1024, 4096, Duration.ofMinutes(1), null);
  }
}
