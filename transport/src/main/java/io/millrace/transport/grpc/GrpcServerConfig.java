package io.millrace.transport.grpc;

import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.FileDescriptors;
import io.millrace.transport.ServerTlsConfig;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC server listens and what it bears. Immutable.
 *
 * @param address port 0 takes a free one
 * @param messageBytesMax of one message, as sent and after decompression
 * @param streamsPerConnectionMax calls at a time on one connection
 * @param connectionsMax more are closed at once
 * @param pace how slow a message may come
 * @param keepalive how long connections live
 * @param tls {@code null} for plaintext
 */
public record GrpcServerConfig(
    InetSocketAddress address,
    int messageBytesMax,
    int streamsPerConnectionMax,
    int connectionsMax,
    BodyPaceLimits pace,
    GrpcKeepalive keepalive,
    @Nullable ServerTlsConfig tls) {
  /** A message of 16 MiB, 100 calls a connection, and as many connections as can be held. */
  public static GrpcServerConfig listenOn(InetSocketAddress address) {
    return new GrpcServerConfig(
        address,
        16 * 1024 * 1024,
        100,
        FileDescriptors.connectionsMax(),
        BodyPaceLimits.DEFAULT,
        GrpcKeepalive.DEFAULT,
        null);
  }
}
