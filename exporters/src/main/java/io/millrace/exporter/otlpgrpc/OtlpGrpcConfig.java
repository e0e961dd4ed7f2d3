package io.millrace.exporter.otlpgrpc;

import io.millrace.config.Checks;
import io.millrace.config.Secret;
import io.millrace.exporter.sending.AuthConfig;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.exporter.sending.SendingConfig;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.ContextKeys;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.grpc.GrpcClientConfig;
import io.millrace.transport.grpc.GrpcConnection;
import io.millrace.transport.grpc.KeepaliveConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The section of an exporter that sends OTLP over gRPC. Immutable.
 *
 * @param endpoint {@code host:port}; {@code http://} in front forces plaintext, {@code https://}
 *     TLS
 * @param headers sent with every request; their values are never printed
 * @param auth what tells the backend who sends
 * @param compression of requests: gzip, zstd, snappy or none
 * @param timeout of one attempt; 0 for none
 * @param retryOnFailure when a request that failed for the time being is sent again
 * @param sendingQueue what waits for the backend
 * @param balancerName {@code round_robin} or {@code pick_first}, over the addresses of the
 *     endpoint's name
 * @param authority what requests name as their host; empty for the endpoint's
 * @param waitForReady whether an attempt waits for a connection until its time is up
 * @param userAgent in front of gRPC's own
 * @param keepalive pings that find out whether a silent backend is gone; absent for none
 * @param dropInvalidSpans whether spans without a valid trace id and span id are left out, so that
 *     the backend does not refuse what is in the same request. A key of Millrace's own
 * @param splitExhausted whether a request that is RESOURCE_EXHAUSTED without a hint is sent once
 *     more, then in halves, instead of being given up. A key of Millrace's own
 * @param maxRequestBytes before compression; larger batches become several requests. 0 for no
 *     limit. A key of Millrace's own
 * @param tenant sent as {@code x-scope-orgid}: one for all, or by an attribute of the resource or
 *     the sender's metadata. A key of Millrace's own
 */
public record OtlpGrpcConfig(
    String endpoint,
    ClientTlsConfig tls,
    Map<String, Secret> headers,
    @Nullable AuthConfig auth,
    Compression compression,
    Duration timeout,
    RetryConfig retryOnFailure,
    QueueConfig sendingQueue,
    String balancerName,
    String authority,
    boolean waitForReady,
    String userAgent,
    @Nullable KeepaliveConfig keepalive,
    boolean dropInvalidSpans,
    boolean splitExhausted,
    int maxRequestBytes,
    @Nullable TenantConfig tenant) {
  private static final int REQUEST_BYTES_MIN = 1024;
  private static final List<String> BALANCERS = List.of("round_robin", "pick_first");

  public OtlpGrpcConfig {
    headers = Map.copyOf(headers);
    boolean isSpelledRight = endpoint == null || GrpcEndpoint.parse(endpoint) != null;
    new Checks()
        .that(isSpelledRight, "endpoint", endpoint, GrpcEndpoint.EXPECTED)
        .that(
            GrpcClientConfig.COMPRESSIONS.contains(compression),
            "compression",
            compression.encoding(),
            "gzip, zstd, snappy or none")
        .notNegative("timeout", timeout)
        .that(
            BALANCERS.contains(balancerName),
            "balancer_name",
            balancerName,
            "round_robin or pick_first")
        .that(
            maxRequestBytes == 0 || maxRequestBytes >= REQUEST_BYTES_MIN,
            "max_request_bytes",
            maxRequestBytes,
            "0, or >= " + REQUEST_BYTES_MIN)
        .throwIfAny();
  }

  /** Returns the collector's defaults. There is none for the endpoint. */
  public static OtlpGrpcConfig defaults() {
    return defaults(false, 0);
  }

  /** Returns the defaults for a backend that takes or refuses each request as a whole. */
  public static OtlpGrpcConfig carefulDefaults(int maxRequestBytes) {
    return defaults(true, maxRequestBytes);
  }

  @SuppressWarnings("NullAway") // the loader reports a component without a value as missing
  private static OtlpGrpcConfig defaults(boolean isCareful, int maxRequestBytes) {
    return new OtlpGrpcConfig(
        null,
        ClientTlsConfig.DEFAULT,
        Map.of(),
        null,
        Compression.GZIP,
        Duration.ofSeconds(5),
        RetryConfig.DEFAULT,
        QueueConfig.DEFAULT,
        GrpcConnection.DEFAULT.balancer(),
        GrpcConnection.DEFAULT.authority(),
        GrpcConnection.DEFAULT.waitForReady(),
        GrpcConnection.DEFAULT.userAgent(),
        null,
        isCareful,
        isCareful,
        maxRequestBytes,
        null);
  }

  /** Returns by what of a request's context senders are told apart. */
  public ContextKeys reads() {
    return tenant == null ? ContextKeys.NONE : tenant.reads();
  }

  boolean isCareful() {
    return dropInvalidSpans || splitExhausted || maxRequestBytes > 0 || tenant != null;
  }

  SendingConfig sending() {
    return new SendingConfig(timeout, retryOnFailure, sendingQueue);
  }

  GrpcClientConfig client() {
    GrpcEndpoint parsed = Objects.requireNonNull(GrpcEndpoint.parse(endpoint));
    Map<String, String> bare = new LinkedHashMap<>();
    headers.forEach((name, value) -> bare.put(name, value.value()));
    return new GrpcClientConfig(parsed.target(), compression, bare, tls(parsed), connection());
  }

  private GrpcConnection connection() {
    return new GrpcConnection(balancerName, authority, waitForReady, userAgent, keepalive);
  }

  private ClientTlsConfig tls(GrpcEndpoint parsed) {
    if (parsed.tls() == null) {
      return tls;
    }
    return parsed.tls() ? tls.withTls() : ClientTlsConfig.PLAINTEXT;
  }
}
