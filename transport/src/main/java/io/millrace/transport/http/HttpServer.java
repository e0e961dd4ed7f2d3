package io.millrace.transport.http;

import io.millrace.component.ByteBudget;
import io.millrace.component.CannotListenException;
import io.millrace.component.Listener;
import io.millrace.transport.OfferedPorts;
import io.millrace.transport.ServerTls;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves paths over HTTP/1.1 and, on the same port, HTTP/2 with prior knowledge or, over TLS, by
 * ALPN.
 *
 * <p>A body is reserved in the budget before it is read and reaches its handler as one array. A
 * path without handler is answered 404. Requests of one HTTP/1.1 connection are handled one after
 * the other, so that answers keep their order. An offer to upgrade to HTTP/2 is ignored, which HTTP
 * allows: the request is served as HTTP/1.1.
 *
 * <p>Started and shut down by one control thread; handlers run on event loops.
 */
public final class HttpServer implements Listener {
  private static final Duration FORCE = Duration.ofSeconds(1);
  private static final int READ_BYTES_MAX = 256 * 1024;

  private final HttpServerConfig config;
  private final Map<String, HttpHandler> routes;
  private final Cors cors;
  private final ByteBudget budget;
  private final Consumer<Throwable> fatal;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile boolean closing;
  private @Nullable Channel listener;
  private InetSocketAddress address;
  private @Nullable ServerTls tls;

  /**
   * Describes a server that does not listen yet.
   *
   * @param routes handlers by exact path
   * @param fatal is told when the listener dies without {@link #shutdown}
   */
  public HttpServer(
      HttpServerConfig config,
      Map<String, HttpHandler> routes,
      ByteBudget budget,
      Consumer<Throwable> fatal) {
    this.config = config;
    this.address = config.address();
    this.routes = Map.copyOf(routes);
    this.cors = new Cors(config.cors());
    this.budget = budget;
    this.fatal = fatal;
  }

  /**
   * Listens.
   *
   * @return the address bound, with its port
   * @throws IOException when TLS has no usable certificate, or the address cannot be bound, a
   *     {@link CannotListenException} then
   */
  public InetSocketAddress start() throws IOException {
    if (config.tls() != null) {
      tls = ServerTls.open(config.tls());
    }
    ChannelFuture bound =
        EventLoops.server(OfferedPorts.take(config.address()))
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(1024, 16 * 1024, READ_BYTES_MAX))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel);
                  }
                })
            .bind(config.address())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CannotListenException("HTTP", config.address(), bound.cause());
    }
    Channel channel = bound.channel();
    channel.closeFuture().addListener(closed -> listenerClosed());
    listener = channel;
    address = (InetSocketAddress) channel.localAddress();
    return address;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean offer() {
    boolean isShared = listener != null && EventLoops.share(listener);
    if (isShared) {
      OfferedPorts.add(address);
    }
    return isShared;
  }

  @Override
  public void withdraw() {
    OfferedPorts.remove(address);
  }

  @Override
  public void close() {
    closing = true;
    if (tls != null) {
      tls.close();
    }
    Channel channel = listener;
    if (channel != null) {
      listener = null;
      channel.close().awaitUninterruptibly();
      end(ConnectionEnd.DRAIN);
    }
  }

  /**
   * Takes no new connections and requests, waits for requests under way, then closes what is left.
   * Does nothing when not started, or the second time.
   */
  public void shutdown(Duration grace) {
    close();
    if (!connections.newCloseFuture().awaitUninterruptibly(grace.toMillis())) {
      end(ConnectionEnd.ABORT);
      connections.newCloseFuture().awaitUninterruptibly(FORCE.toMillis());
    }
  }

  @Nullable HttpHandler handler(String path) {
    return routes.get(path);
  }

  Cors cors() {
    return cors;
  }

  ByteBudget budget() {
    return budget;
  }

  boolean isClosing() {
    return closing;
  }

  HttpServerConfig config() {
    return config;
  }

  private void admit(Channel channel) {
    if (closing || connections.size() >= config.connectionsMax()) {
      channel.close();
      return;
    }
    connections.add(channel);
    if (closing) { // and shutdown may have looked through the connections before
      channel.close();
      return;
    }
    if (tls != null) {
      channel.pipeline().addLast(new SslHandler(tls.engine("h2", "http/1.1")));
    }
    channel.pipeline().addLast(new ProtocolDetector(this));
  }

  private void end(ConnectionEnd end) {
    connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(end));
  }

  private void listenerClosed() {
    if (!closing) {
      fatal.accept(new IOException("HTTP listener on " + config.address() + " closed"));
    }
  }
}
