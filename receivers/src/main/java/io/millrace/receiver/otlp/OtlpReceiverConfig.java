package io.millrace.receiver.otlp;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.ContentEncoding;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.MiddlewareConfig;
import io.millrace.transport.ServerAuthConfig;
import io.millrace.transport.ServerTlsConfig;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.http.BodyLimits;
import io.millrace.transport.http.CorsConfig;
import io.millrace.transport.http.HttpServerConfig;
import io.millrace.transport.http.HttpTimeouts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What connections run over. */
  enum Transport {
    TCP
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
   * @param transport only {@code tcp} is supported
   * @param readTimeout for the whole of a message; 0 for any time. Ours
   * @param minBodyRate bytes a second at least, over ten seconds, while a message comes; 0 for
   *     none. Ours
   * @param tls TLS for every connection; plaintext when the key is absent
   */
  record Grpc(
      String endpoint,
      int maxRecvMsgSizeMib,
      int maxConcurrentStreams,
      boolean includeMetadata,
      @Nullable ServerAuthConfig auth,
      List<MiddlewareConfig> middlewares,
      Transport transport,
      Duration readTimeout,
      int minBodyRate,
      KeepaliveConfig keepalive,
      @Nullable ServerTlsConfig tls) {
    static final Grpc DEFAULT =
        new Grpc(
            "localhost:4317",
            0,
            0,
            false,
            null,
            List.of(),
            Transport.TCP,
            BodyPaceLimits.DEFAULT.total(),
            BodyPaceLimits.DEFAULT.bytesPerSecond(),
            KeepaliveConfig.DEFAULT,
            null);

    static final Set<String> WITHOUT_EFFECT = Set.of("read_buffer_size", "write_buffer_size");

    private static final int MIB_MAX = 1024;

    Grpc {
      middlewares = List.copyOf(middlewares);
      new Checks()
          .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
          .between("max_recv_msg_size_mib", maxRecvMsgSizeMib, 0, MIB_MAX)
          .atLeast("max_concurrent_streams", maxConcurrentStreams, 0)
          .notNegative("read_timeout", readTimeout)
          .atLeast("min_body_rate", minBodyRate, 0)
          .throwIfAny();
    }

    GrpcServerConfig listenOn(InetSocketAddress address) {
      GrpcServerConfig defaults = GrpcServerConfig.listenOn(address);
      return new GrpcServerConfig(
          address,
          maxRecvMsgSizeMib == 0 ? defaults.messageBytesMax() : maxRecvMsgSizeMib * MIB,
          maxConcurrentStreams == 0 ? defaults.streamsPerConnectionMax() : maxConcurrentStreams,
          defaults.connectionsMax(),
          new BodyPaceLimits(readTimeout, minBodyRate),
          keepalive.keepalive(),
          tls);
    }
  }

  /**
   * OTLP over HTTP.
   *
   * @param endpoint {@code host:port} to listen on; port 0 takes any free one
   * @param maxRequestBodySize largest body in bytes, both as sent and decompressed; larger ones are
   *     answered with {@code tooLargeStatus}. 0 and less for the default of 20 MiB
   * @param includeMetadata keep the request's headers with what it brought
   * @param auth who may send; everybody without it
   * @param middlewares asked before a request is read, in their order
   * @param tracesUrlPath path that takes traces
   * @param metricsUrlPath path that takes metrics
   * @param logsUrlPath path that takes logs
   * @param transport only {@code tcp} is supported
   * @param compressionAlgorithms content encodings that are taken, {@code ""} for none at all;
   *     absent for gzip, zstd, zlib, deflate, snappy, x-snappy-framed and none. Empty leaves bodies
   *     as they come
   * @param maxDecompressionRatio how many times its length as sent a body may have decompressed,
   *     where that is more than a MiB; 0 for any: logs of an outage compress very well. Ours
   * @param tooLargeStatus 413, as the specification says, or 400, as the collector does. Ours
   * @param readTimeout for the whole of a body; 0 for any time
   * @param readHeaderTimeout for the head of a request, and from connecting to the first one; 0 for
   *     any time
   * @param writeTimeout until the client has taken its answer; 0 for any time
   * @param idleTimeout between two requests of a connection; 0 for ever
   * @param minBodyRate bytes a second at least, over ten seconds, while a body comes; 0 for none.
   *     Ours
   * @param keepAlivesEnabled {@code false} ends a connection of HTTP/1.1 after each request
   * @param responseHeaders of every answer
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
      Transport transport,
      @Nullable List<String> compressionAlgorithms,
      int maxDecompressionRatio,
      int tooLargeStatus,
      Duration readTimeout,
      Duration readHeaderTimeout,
      Duration writeTimeout,
      Duration idleTimeout,
      int minBodyRate,
      boolean keepAlivesEnabled,
      Map<String, Secret> responseHeaders,
      CorsConfig cors,
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
            Transport.TCP,
            null,
            0,
            413,
            HttpTimeouts.DEFAULT.body().total(),
            HttpTimeouts.DEFAULT.head(),
            HttpTimeouts.DEFAULT.answer(),
            HttpTimeouts.DEFAULT.idle(),
            HttpTimeouts.DEFAULT.body().bytesPerSecond(),
            true,
            Map.of(),
            CorsConfig.DEFAULT,
            null);
    static final Set<String> WITHOUT_EFFECT = Set.of("dialer");

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
          .that(
              compressionAlgorithms == null
                  || compressionAlgorithms.stream().allMatch(Http::isEncoding),
              "compression_algorithms",
              compressionAlgorithms,
              "some of gzip, zstd, zlib, deflate, snappy, x-snappy-framed and \"\"")
          .atLeast("max_decompression_ratio", maxDecompressionRatio, 0)
          .that(
              tooLargeStatus == 413 || tooLargeStatus == 400,
              "too_large_status",
              tooLargeStatus,
              "413 or 400")
          .notNegative("read_timeout", readTimeout)
          .notNegative("read_header_timeout", readHeaderTimeout)
          .notNegative("write_timeout", writeTimeout)
          .notNegative("idle_timeout", idleTimeout)
          .atLeast("min_body_rate", minBodyRate, 0)
          .that(
              responseHeaders.keySet().stream().allMatch(Http::isHeader),
              "response_headers",
              responseHeaders.keySet(),
              "names of headers, such as X-Server")
          .throwIfAny();
      responseHeaders = Map.copyOf(responseHeaders);
      compressionAlgorithms =
          compressionAlgorithms == null ? null : List.copyOf(compressionAlgorithms);
    }

    HttpServerConfig listenOn(InetSocketAddress address) {
      return new HttpServerConfig(
          address,
          bodyLimits(),
          HttpServerConfig.listenOn(address).connectionsMax(),
          new HttpTimeouts(
              readHeaderTimeout,
              new BodyPaceLimits(readTimeout, minBodyRate),
              writeTimeout,
              idleTimeout),
          keepAlivesEnabled,
          bare(responseHeaders),
          cors,
          tls);
    }

    BodyLimits bodyLimits() {
      return new BodyLimits(
          maxRequestBodySize <= 0 ? BodyLimits.DEFAULT.bytesMax() : maxRequestBodySize,
          maxDecompressionRatio,
          compressionAlgorithms == null ? null : Set.copyOf(compressionAlgorithms));
    }

    private static Map<String, String> bare(Map<String, Secret> headers) {
      Map<String, String> bare = new HashMap<>();
      headers.forEach((name, value) -> bare.put(name, value.value()));
      return bare;
    }

    private static boolean isEncoding(String name) {
      return ContentEncoding.of(name) != null;
    }

    private static boolean isHeader(String name) {
      return !name.isEmpty()
          && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    private static String absolute(String path) {
      return path.startsWith("/") ? path : "/" + path;
    }

    private static boolean isPath(String path) {
      return path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#');
    }
  }
}
