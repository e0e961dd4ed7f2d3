package io.millrace.transport.grpc;

import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.millrace.transport.ClientTls;
import io.millrace.transport.ServerTls;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * Gives each connection of a server or client the certificates of its moment. Of clients gRPC
 * verifies the host. Thread safe.
 */
final class GrpcTls extends SslContext {
  private static final ApplicationProtocolConfig HTTP_2 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          "h2");

  private final boolean isClient;
  private final Supplier<SslContext> context;

  private GrpcTls(boolean isClient, Supplier<SslContext> context) {
    this.isClient = isClient;
    this.context = context;
  }

  static SslContext of(ServerTls tls) {
    ClientAuth auth = tls.asksForCertificate() ? ClientAuth.REQUIRE : ClientAuth.NONE;
    return new GrpcTls(
        false, () -> context(false, tls.context(), tls.cipherSuites(), auth, tls.protocols()));
  }

  static SslContext of(ClientTls tls) {
    return new GrpcTls(
        true,
        () -> context(true, tls.context(), tls.cipherSuites(), ClientAuth.NONE, tls.protocols()));
  }

  private static SslContext context(
      boolean isClient, SSLContext from, List<String> suites, ClientAuth auth, String[] protocols) {
    return new JdkSslContext(
        from, isClient, suites, IdentityCipherSuiteFilter.INSTANCE, HTTP_2, auth, protocols, false);
  }

  @Override
  public boolean isClient() {
    return isClient;
  }

  @Override
  public List<String> cipherSuites() {
    return context.get().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // the abstract method's own type
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return context.get().applicationProtocolNegotiator();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return context.get().newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return context.get().newEngine(allocator, host, port);
  }

  @Override
  public SSLSessionContext sessionContext() {
    return context.get().sessionContext();
  }
}
