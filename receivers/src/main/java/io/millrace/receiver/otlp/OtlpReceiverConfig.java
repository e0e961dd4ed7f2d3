package io.millrace.receiver.otlp;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.MiddlewareConfig;
import io.millrace.transport.ServerAuthConfig;
import io.millrace.transport.ServerTlsConfig;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.http.HttpServerConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section of an {@code otlp} receiver. Immutable.
 *
 * @param protocols where to listen; at least one of them is required
 */
record OtlpReceiverConfig(Protocols protocols) implements RequiredSettings {
  static final OtlpReceiverConfig DEFAULT = new OtlpReceiverConfig(Protocols.DEFAULT);

  private static final int MIB = 1024 * 1024;

  @Override
  public void checkRequired(Checks checks) {
    boolean isAny = protocols.grpc != null || protocols.http != null;
    checks.that(isAny, "protocols", "none", "grpc, http or both");
  }

  /**
   * The protocols that are on; an absent one is off.
   *
   * @param grpc OTLP over gRPC; off when the key is absent
   * @param http OTLP over HTTP; off when the key is absent
   */
  record Protocols(@Nullable Grpc grpc, @Nullable Http http) {
    static final Protocols DEFAULT = new Protocols(null, null);
  }

  /**
   * OTLP over gRPC.
   *
   * @param endpoint {@code host:port} to listen on; port 0 takes any free one
   * @param maxRecvMsgSizeMib largest message in MiB, both as sent and decompressed; larger ones are
   *     refused for good. 0 for the default of 16
   * @param maxConcurrentStreams calls at a time on one connection; 0 for the default
   * @param includeMetadata keep the request's headers with what it brought
   * @param auth who may send; everybody without it
   * @param middlewares asked before a request is read, in their order
   * @param tls TLS for every connection; plaintext when the key is absent
   */
  record Grpc(
      String endpoint,
      int maxRecvMsgSizeMib,
      int maxConcurrentStreams,
      boolean includeMetadata,
      @Nullable ServerAuthConfig auth,
      List<MiddlewareConfig> middlewares,
      @Nullable ServerTlsConfig tls) {
    static final Grpc DEFAULT = new Grpc("localhost:4317", 0, 0, false, null, List.of(), null);
    static final Set<String> WITHOUT_EFFECT = Set.of("read_buffer_size", "write_buffer_size");

    private static final int MIB_MAX = 1024;

    Grpc {
      middlewares = List.copyOf(middlewares);
      new Checks()
          .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
          .between("max_recv_msg_size_mib", maxRecvMsgSizeMib, 0, MIB_MAX)
          .atLeast("max_concurrent_streams", maxConcurrentStreams, 0)
          .throwIfAny();
    }

    GrpcServerConfig listenOn(InetSocketAddress address) {
      GrpcServerConfig defaults = GrpcServerConfig.listenOn(address);
      return new GrpcServerConfig(
          address,
          maxRecvMsgSizeMib == 0 ? defaults.messageBytesMax() : maxRecvMsgSizeMib * MIB,
          maxConcurrentStreams == 0 ? defaults.streamsPerConnectionMax() : maxConcurrentStreams,
          defaults.patience(),
          tls);
    }
  }

  /**
   * OTLP over HTTP.
   *
   * @param endpoint {@code host:port} to listen on; port 0 takes any free one
   * @param maxRequestBodySize largest body in bytes, both as sent and decompressed; larger ones are
   *     answered with 413. 0 and less for the default of 20 MiB
   * @param includeMetadata keep the request's headers with what it brought
   * @param auth who may send; everybody without it
   * @param middlewares asked before a request is read, in their order
   * @param tracesUrlPath path that takes traces
   * @param metricsUrlPath path that takes metrics
   * @param logsUrlPath path that takes logs
   * @param tls TLS for every connection; plaintext when the key is absent
   */
  record Http(
      String endpoint,
      int maxRequestBodySize,
      boolean includeMetadata,
      @Nullable ServerAuthConfig auth,
      List<MiddlewareConfig> middlewares,
      String tracesUrlPath,
      String metricsUrlPath,
      String logsUrlPath,
      @Nullable ServerTlsConfig tls) {
    static final Http DEFAULT =
        new Http(
            "localhost:4318",
            0,
            false,
            null,
            List.of(),
            "/v1/traces",
            "/v1/metrics",
            "/v1/logs",
            null);

    Http {
      middlewares = List.copyOf(middlewares);
      tracesUrlPath = absolute(tracesUrlPath);
      metricsUrlPath = absolute(metricsUrlPath);
      logsUrlPath = absolute(logsUrlPath);
      new Checks()
          .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
          .that(isPath(tracesUrlPath), "traces_url_path", tracesUrlPath, "a path")
          .that(isPath(metricsUrlPath), "metrics_url_path", metricsUrlPath, "a path")
          .that(isPath(logsUrlPath), "logs_url_path", logsUrlPath, "a path")
          .that(
              !tracesUrlPath.equals(metricsUrlPath),
              "metrics_url_path",
              metricsUrlPath,
              "another than traces_url_path")
          .that(
              !logsUrlPath.equals(tracesUrlPath) && !logsUrlPath.equals(metricsUrlPath),
              "logs_url_path",
              logsUrlPath,
              "another than traces_url_path and metrics_url_path")
          .throwIfAny();
    }

    HttpServerConfig listenOn(InetSocketAddress address) {
      HttpServerConfig defaults = HttpServerConfig.listenOn(address);
      return new HttpServerConfig(
          address,
          maxRequestBodySize <= 0 ? defaults.bodyBytesMax() : maxRequestBodySize,
          defaults.connectionsMax(),
          defaults.patience(),
          tls);
    }

    private static String absolute(String path) {
      return path.startsWith("/") ? path : "/" + path;
    }

    private static boolean isPath(String path) {
      return path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#');
    }
  }
}
