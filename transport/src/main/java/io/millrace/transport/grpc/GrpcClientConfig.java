package io.millrace.transport.grpc;

import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a gRPC client calls, and how. Immutable.
 *
 * @param target {@code host:port}, or another target of gRPC's name resolution
 * @param compression of messages, one of {@link #COMPRESSIONS}
 * @param headers sent with every call
 */
public record GrpcClientConfig(
    String target,
    Compression compression,
    Map<String, String> headers,
    ClientTlsConfig tls,
    GrpcConnection connection) {
  /** A larger response fails its call. */
  public static final int RESPONSE_BYTES_MAX = 4 * 1024 * 1024;

  /** What peers can be expected to know. */
  public static final Set<Compression> COMPRESSIONS =
      Collections.unmodifiableSet(
          EnumSet.of(Compression.GZIP, Compression.SNAPPY, Compression.ZSTD, Compression.NONE));

  public GrpcClientConfig {
    if (!COMPRESSIONS.contains(compression)) {
      throw new IllegalArgumentException(
          "compression: " + compression + " (expected: one of " + COMPRESSIONS + ")");
    }
    headers = Map.copyOf(headers);
  }

  public GrpcClientConfig(
      String target, Compression compression, Map<String, String> headers, ClientTlsConfig tls) {
    this(target, compression, headers, tls, GrpcConnection.DEFAULT);
  }
}
