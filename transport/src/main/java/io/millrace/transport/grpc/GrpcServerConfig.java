package io.millrace.transport.grpc;

import io.millrace.transport.ServerTlsConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC server listens and what it bears. Immutable.
 *
 * @param address port 0 takes a free one
 * @param messageBytesMax of one message, as sent and after decompression
 * @param streamsPerConnectionMax calls at a time on one connection
 * @param patience how long a call may take to send its message
 * @param tls {@code null} for plaintext
 */
public record GrpcServerConfig(
    InetSocketAddress address,
    int messageBytesMax,
    int streamsPerConnectionMax,
    Duration patience,
    @Nullable ServerTlsConfig tls) {
  /** A message of 16 MiB, 100 calls a connection, patience of a minute. */
  public static GrpcServerConfig listenOn(InetSocketAddress address) {
    return new GrpcServerConfig(address, 16 * 1024 * 1024, 100, Duration.ofMinutes(1), null);
  }
}
