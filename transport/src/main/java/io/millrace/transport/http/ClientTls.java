package io.millrace.transport.http;

import io.millrace.transport.ClientTlsConfig;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import javax.net.ssl.SSLException;

/** Makes what a client needs for TLS. Thread safe. */
final class ClientTls {
  private ClientTls() {}

  static SslContext context(ClientTlsConfig config) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm(config.insecureSkipVerify() ? "" : "HTTPS");
    if (!config.caFile().isEmpty()) {
      builder.trustManager(new File(config.caFile()));
    }
    if (config.insecureSkipVerify()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    }
    if (!config.certFile().isEmpty()) {
      builder.keyManager(new File(config.certFile()), new File(config.keyFile()));
    }
    return builder.build();
  }

  static SslHandler handler(SslContext context, Channel channel, HttpClientConfig config) {
    String override = config.tls().serverNameOverride();
    String name = override.isEmpty() ? config.host() : override;
    return context.newHandler(channel.alloc(), name, config.port());
  }
}
