package io.millrace.transport.grpc;

import io.millrace.transport.ClientTlsConfig;
import java.util.Map;

/**
 * Where a gRPC client calls, and how. Immutable.
 *
 * @param target {@code host:port}, or another target of gRPC's name resolution
 * @param gzip compress messages
 * @param headers sent with every call
 */
public record GrpcClientConfig(
    String target,
    boolean gzip,
    Map<String, String> headers,
    ClientTlsConfig tls,
    GrpcConnection connection) {
  /** A larger response fails its call. */
  public static final int RESPONSE_BYTES_MAX = 4 * 1024 * 1024;

  public GrpcClientConfig {
    headers = Map.copyOf(headers);
  }

  public GrpcClientConfig(
      String target, boolean gzip, Map<String, String> headers, ClientTlsConfig tls) {
    this(target, gzip, headers, tls, GrpcConnection.DEFAULT);
  }
}
