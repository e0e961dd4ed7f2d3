package io.millrace.receiver.otlp;

import io.millrace.config.Checks;
import io.millrace.transport.ListenAddress;
import org.jspecify.annotations.Nullable;

/**
 * The {@code otlp} receiver's keys. Immutable.
 *
 * @param protocols what to speak; there is no default
 */
record OtlpReceiverConfig(@Nullable Protocols protocols) {
  /**
   * @param grpc absent is off
   * @param http absent is off
   */
  record Protocols(@Nullable Grpc grpc, @Nullable Http http) {
    Protocols {
      new Checks()
          .that(grpc != null || http != null, "grpc", "none", "at least one of grpc, http")
          .throwIfAny();
    }
  }

  /**
   * OTLP/gRPC.
   *
   * @param endpoint {@code host:port}
   * @param maxRecvMsgSizeMib of a message, as sent and decompressed
   * @param maxConcurrentStreams calls at a time on one connection
   * @param includeMetadata whether request headers go along with the batch
   */
  record Grpc(
      String endpoint, int maxRecvMsgSizeMib, int maxConcurrentStreams, boolean includeMetadata) {
    static final Grpc DEFAULT = new Grpc("localhost:4317", 16, 100, false);

    Grpc {
      new Checks()
          .that(isAddress(endpoint), "endpoint", endpoint, "host:port")
          .between("max_recv_msg_size_mib", maxRecvMsgSizeMib, 1, 1024)
          .between("max_concurrent_streams", maxConcurrentStreams, 1, 100_000)
          .throwIfAny();
    }
  }

  /**
   * OTLP/HTTP.
   *
   * @param endpoint {@code host:port}
   * @param maxRequestBodySize in bytes, as sent and decompressed
   * @param includeMetadata whether request headers go along with the batch
   */
  record Http(
      String endpoint,
      int maxRequestBodySize,
      boolean includeMetadata,
      String tracesUrlPath,
      String metricsUrlPath,
      String logsUrlPath) {
    static final Http DEFAULT =
        new Http("localhost:4318", 20 << 20, false, "/v1/traces", "/v1/metrics", "/v1/logs");

    Http {
      tracesUrlPath = withSlash(tracesUrlPath);
      metricsUrlPath = withSlash(metricsUrlPath);
      logsUrlPath = withSlash(logsUrlPath);
      new Checks()
          .that(isAddress(endpoint), "endpoint", endpoint, "host:port")
          .between("max_request_body_size", maxRequestBodySize, 1, 1 << 30)
          .throwIfAny();
    }

    private static String withSlash(String path) {
      return path.startsWith("/") ? path : "/" + path;
    }
  }

  private static boolean isAddress(String endpoint) {
    try {
      ListenAddress.parse(endpoint);
      return true;
    } catch (IllegalArgumentException _) { // the caller reports it with its key
      return false;
    }
  }
}
