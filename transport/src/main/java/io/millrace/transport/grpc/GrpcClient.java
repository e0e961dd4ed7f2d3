package io.millrace.transport.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ProxiedSocketAddress;
import io.millrace.transport.ClientTls;
import io.millrace.transport.Compression;
import io.millrace.transport.ProxySettings;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls unary methods of one peer with raw bytes.
 *
 * <p>Connects when first called, and again after a loss; a call made while there is no connection
 * fails as UNAVAILABLE once connecting has failed, and lets the next attempt to connect begin.
 * Nothing is retried here. Thread safe.
 */
public final class GrpcClient implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final @Nullable ClientTls tls;
  private final ManagedChannel channel;
  private final CallOptions options;
  private final Map<String, String> headers;
  private final Map<String, MethodDescriptor<InputStream, InputStream>> methods =
      new ConcurrentHashMap<>();

  /**
   * Creates a client without connecting.
   *
   * @throws SSLException when the TLS files cannot be used
   */
  public GrpcClient(GrpcClientConfig config) throws SSLException {
    this(config, ProxySettings.OF_ENVIRONMENT);
  }

  GrpcClient(GrpcClientConfig config, ProxySettings environment) throws SSLException {
    tls = config.tls().isPlaintext() ? null : ClientTls.open(config.tls());
    channel =
        GrpcNetty.channelBuilder(config, tls)
            .proxyDetector(destination -> proxied(destination, environment))
            .directExecutor()
            .compressorRegistry(MessageCodec.compressors())
            .decompressorRegistry(MessageCodec.DECOMPRESSORS)
            .disableRetry()
            .disableServiceConfigLookUp()
            .build();
    options = options(config);
    headers = config.headers();
  }

  /** As the collector does it, gRPC takes the proxy for TLS also in plaintext. */
  private static @Nullable ProxiedSocketAddress proxied(
      SocketAddress destination, ProxySettings environment) {
    if (!(destination instanceof InetSocketAddress address)) {
      return null;
    }
    URI proxy = environment.proxyFor(true, address.getHostString(), address.getPort());
    if (proxy == null) {
      return null;
    }
    String[] credentials = ProxySettings.credentials(proxy);
    return HttpConnectProxiedSocketAddress.newBuilder()
        .setTargetAddress(address)
        .setProxyAddress(new InetSocketAddress(proxy.getHost(), ProxySettings.port(proxy)))
        .setUsername(credentials == null ? null : credentials[0])
        .setPassword(credentials == null ? null : credentials[1])
        .build();
  }

  private static CallOptions options(GrpcClientConfig config) {
    CallOptions options =
        config.compression() == Compression.NONE
            ? CallOptions.DEFAULT
            : CallOptions.DEFAULT.withCompression(config.compression().encoding());
    return config.connection().waitForReady() ? options.withWaitForReady() : options;
  }

  /**
   * Sends a message, the range of {@code bytes}, which must not change until the answer has come.
   *
   * @param method {@code package.Service/Method}
   * @param timeoutNanos until the answer; the peer is told
   */
  public void call(
      String method,
      byte[] bytes,
      int offset,
      int length,
      long timeoutNanos,
      UnaryResponse response) {
    call(method, bytes, offset, length, Map.of(), timeoutNanos, response);
  }

  /**
   * Sends a message with headers of its own, which win over the client's.
   *
   * @see #call(String, byte[], int, int, long, UnaryResponse)
   */
  public void call(
      String method,
      byte[] bytes,
      int offset,
      int length,
      Map<String, String> callHeaders,
      long timeoutNanos,
      UnaryResponse response) {
    connectAtOnce();
    ClientCall<InputStream, InputStream> call = newCall(method, timeoutNanos);
    call.start(new OutboundCall(call, response), metadata(callHeaders));
    call.request(1);
    call.sendMessage(new ByteRange(bytes, offset, length));
    call.halfClose();
  }

  /** The caller decides when to try again; gRPC's own wait of up to two minutes adds to no one. */
  private void connectAtOnce() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
  }

  /**
   * A call that is made while an inbound one is being answered would otherwise end with it: grpc
   * passes deadlines and cancellation on through the thread's context.
   */
  private ClientCall<InputStream, InputStream> newCall(String method, long timeoutNanos) {
    Context inbound = Context.ROOT.attach();
    try {
      return channel.newCall(
          methods.computeIfAbsent(method, RawMethod::of),
          options.withDeadlineAfter(timeoutNanos, NANOSECONDS));
    } finally {
      Context.ROOT.detach(inbound);
    }
  }

  /** Closes the connection after calls under way, but soon. */
  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
    channel.shutdown();
    try {
      if (!channel.awaitTermination(GRACE.toNanos(), NANOSECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Metadata metadata(Map<String, String> callHeaders) {
    Metadata metadata = new Metadata();
    headers.forEach((name, value) -> metadata.put(key(name), value));
    callHeaders.forEach((name, value) -> {
      metadata.discardAll(key(name));
      metadata.put(key(name), value);
    });
    return metadata;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
