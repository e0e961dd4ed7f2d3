package io.millrace.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.transport.ProxySettings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way to a server: one with TLS is reached through a tunnel (CONNECT), any other by
 * asking the proxy for the whole URL. Immutable.
 */
final class HttpProxy {
  private final InetSocketAddress address;
  private final String @Nullable [] credentials;

  HttpProxy(URI proxy) {
    address = InetSocketAddress.createUnresolved(proxy.getHost(), ProxySettings.port(proxy));
    credentials = ProxySettings.credentials(proxy);
  }

  /** Its address, by name. */
  InetSocketAddress address() {
    return address;
  }

  /** Tells the proxy who is asking, where it wants to know. */
  void authorize(HttpHeaders headers) {
    if (credentials != null) {
      String pair = credentials[0] + ":" + credentials[1];
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, "Basic " + encoded);
    }
  }

  /** Makes a connection a tunnel to the address that it is told to connect to. */
  void addTunnel(ChannelPipeline pipeline) {
    pipeline.addLast(new ResolvingHandler());
    pipeline.addLast(
        credentials == null
            ? new HttpProxyHandler(address)
            : new HttpProxyHandler(address, credentials[0], credentials[1]));
  }

  /** Looks the proxy's name up, which the tunnel's handler does not. */
  private static final class ResolvingHandler extends ChannelOutboundHandlerAdapter {
    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        SocketAddress local,
        ChannelPromise promise) {
      EventLoops.RESOLVERS
          .getResolver(context.executor())
          .resolve(remote)
          .addListener((Future<InetSocketAddress> resolved) -> {
            if (resolved.isSuccess()) {
              context.connect(resolved.getNow(), local, promise);
            } else {
              promise.tryFailure(resolved.cause());
            }
          });
    }
  }
}
