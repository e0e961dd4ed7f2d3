package io.millrace.transport.http;

import io.millrace.transport.ClientTls;
import io.millrace.transport.Compressor;
import io.millrace.transport.ProxySettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts bodies to one URL over kept-alive HTTP/1.1 connections.
 *
 * <p>A connection carries one request at a time; the one used last is used next, and an idle one is
 * closed after a while, or when its peer closes it. Nothing is retried here, and no redirect is
 * followed. A proxy may be between, named by the configuration or the environment. Thread safe.
 */
public final class HttpClient implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int IDLE_SECONDS = 60;
  private static final int LINE_BYTES_MAX = 4 * 1024;
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int CHUNK_BYTES_MAX = 16 * 1024;

  private final HttpClientConfig config;
  private final @Nullable ClientTls tls;
  private final @Nullable HttpProxy tunnel;
  private final String target;
  private final HttpHeaders headers;
  private final Bootstrap bootstrap;
  private final InetSocketAddress peer;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
  private final ByteBufAllocator allocator;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Creates a client without connecting.
   *
   * @throws SSLException when the TLS files cannot be used
   */
  public HttpClient(HttpClientConfig config) throws SSLException {
    this(config, ProxySettings.OF_ENVIRONMENT);
  }

  HttpClient(HttpClientConfig config, ProxySettings environment) throws SSLException {
    this(config, environment, PooledByteBufAllocator.DEFAULT);
  }

  /** Creates a client in another environment, whose compressed bodies lie elsewhere. */
  HttpClient(HttpClientConfig config, ProxySettings environment, ByteBufAllocator allocator)
      throws SSLException {
    this.config = config;
    this.allocator = allocator;
    tls = config.isTls() ? ClientTls.open(config.tls()) : null;
    headers = headers(config);
    HttpProxy proxy = proxy(config, environment);
    tunnel = tls == null ? null : proxy;
    if (proxy == null || tls != null) {
      peer = InetSocketAddress.createUnresolved(config.host(), config.port());
      target = config.target();
    } else {
      peer = proxy.address();
      target = "http://" + config.url().getRawAuthority() + config.target();
      proxy.authorize(headers);
    }
    bootstrap =
        (tunnel == null ? EventLoops.client() : EventLoops.client().disableResolver())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialize(channel);
                  }
                });
  }

  /**
   * Posts a body, the range of {@code bytes}, which must not change until the answer has come.
   *
   * @param timeoutNanos from the moment the request is written on a connection; connecting has its
   *     own
   */
  public void post(byte[] bytes, int offset, int length, long timeoutNanos, HttpCallback callback) {
    post(bytes, offset, length, Map.of(), timeoutNanos, callback);
  }

  /**
   * Posts a body with headers of its own, which win over the client's.
   *
   * @see #post(byte[], int, int, long, HttpCallback)
   */
  public void post(
      byte[] bytes,
      int offset,
      int length,
      Map<String, String> headers,
      long timeoutNanos,
      HttpCallback callback) {
    if (underWay.incrementAndGet() > config.connectionsMax()) {
      underWay.decrementAndGet();
      callback.notSent("connections: all " + config.connectionsMax() + " are in use");
      return;
    }
    ByteBuf body;
    try {
      body =
          config.compressor().equals(Compressor.NONE)
              ? Unpooled.wrappedBuffer(bytes, offset, length)
              : compressed(bytes, offset, length);
    } catch (OutOfMemoryError e) { // direct memory has a bound of its own, and others free it
      underWay.decrementAndGet();
      callback.notSent("compression: " + e.getMessage());
      return;
    } catch (RuntimeException e) {
      underWay.decrementAndGet();
      throw e;
    }
    dispatch(new OutboundRequest(body, headers, timeoutNanos, callback));
  }

  /** Closes the connections at once; requests under way fail. */
  @Override
  public void close() {
    closed = true;
    if (tls != null) {
      tls.close();
    }
    open.close();
  }

  /** Puts a request on the idle connection that was used last, or on a new one. */
  void dispatch(OutboundRequest request) {
    for (HttpConnection at = idle.pollLast(); at != null; at = idle.pollLast()) {
      if (at.channel().isActive()) {
        HttpConnection found = at;
        found.channel().eventLoop().execute(() -> found.send(request));
        return;
      }
    }
    connect(request);
  }

  /** Takes a connection back whose request has ended. */
  void release(HttpConnection connection, boolean reusable) {
    underWay.decrementAndGet();
    if (reusable && !closed) {
      idle.addLast(connection);
    } else {
      connection.channel().close();
    }
  }

  FullHttpRequest message(OutboundRequest request) {
    ByteBuf body = request.body();
    HttpHeaders own = headers.copy();
    request.headers().forEach(own::set);
    own.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.POST, target, body, own, EmptyHttpHeaders.INSTANCE);
  }

  private void connect(OutboundRequest request) {
    if (closed) {
      fail(request, "client is closed");
      return;
    }
    bootstrap
        .connect(peer)
        .addListener((io.netty.channel.ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            connected.channel().pipeline().get(HttpConnection.class).send(request);
          } else {
            fail(request, String.valueOf(connected.cause()));
          }
        });
  }

  private void fail(OutboundRequest request, String reason) {
    underWay.decrementAndGet();
    request.body().release();
    request.callback().notSent(reason);
  }

  private void initialize(Channel channel) {
    open.add(channel);
    if (tunnel != null) {
      tunnel.addTunnel(channel.pipeline());
    }
    if (tls != null) {
      channel.pipeline().addLast(new SslHandler(tls.engine(config.host(), config.port())));
    }
    channel
        .pipeline()
        .addLast(new HttpClientCodec(LINE_BYTES_MAX, HEADER_BYTES_MAX, CHUNK_BYTES_MAX))
        .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
        .addLast(new HttpConnection(this, channel));
  }

  private static @Nullable HttpProxy proxy(HttpClientConfig config, ProxySettings environment) {
    URI configured = config.proxy();
    URI found =
        configured == null
            ? environment.proxyFor(config.isTls(), config.host(), config.port())
            : configured;
    return found == null ? null : new HttpProxy(found);
  }

  private static HttpHeaders headers(HttpClientConfig config) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.HOST, config.url().getRawAuthority());
    headers.set(HttpHeaderNames.USER_AGENT, "Millrace");
    headers.set(HttpHeaderNames.CONTENT_TYPE, config.contentType());
    if (!config.compressor().equals(Compressor.NONE)) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, config.compressor().compression().encoding());
    }
    config.headers().forEach(headers::set);
    return headers;
  }

  private ByteBuf compressed(byte[] bytes, int offset, int length) {
    ByteBuf target = allocator.directBuffer(Math.max(256, length / 4));
    try (OutputStream out = config.compressor().open(new ByteBufOutputStream(target))) {
      out.write(bytes, offset, length);
    } catch (IOException e) { // memory does not fail
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      target.release();
      throw e;
    }
    return target;
  }
}
