package io.millrace.transport.http;

import static io.netty.handler.codec.http.HttpResponseStatus.CONTINUE;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a server: its limits, its end, and the answers that {@link
 * Http2Requests} asks for.
 *
 * <p>An answer that comes before the end of its request resets the stream, so that the client stops
 * sending. Netty bounds resets, control frames, empty frames and continuations.
 *
 * <p>Confined to the channel's event loop.
 */
final class Http2Connection extends Http2ConnectionHandler {
  private static final int STREAMS_MAX = 100;
  private static final int WINDOW_BYTES = 256 * 1024;
  private static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;
  private static final int HEADER_BYTES_MAX = 16 * 1024;

  private final HttpServer server;
  private final Http2Requests requests;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> check;

  private Http2Connection(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      HttpServer server,
      Channel channel) {
    super(decoder, encoder, settings);
    this.server = server;
    requests = new Http2Requests(server, channel, this);
    connection().addListener(requests);
  }

  /** Makes the handler of a new connection. */
  static ChannelHandler create(HttpServer server, Channel channel) {
    return new Builder(server, channel).build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    super.handlerAdded(added);
    Http2Stream whole = connection().connectionStream();
    int more = CONNECTION_WINDOW_BYTES - decoder().flowController().windowSize(whole);
    decoder().flowController().incrementWindowSize(whole, more);
    long nanos = server.config().timeouts().checkInterval().toNanos();
    check =
        added
            .executor()
            .scheduleWithFixedDelay(() -> endOverdue(added), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) throws Exception {
    if (check != null) {
      check.cancel(false);
    }
    super.channelInactive(inactive);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext target, Object event) {
    if (event == ConnectionEnd.ABORT) {
      gracefulShutdownTimeoutMillis(0);
    }
    if (event instanceof ConnectionEnd) {
      target.channel().close(); // GOAWAY first, and the streams under way
    }
  }

  /** Writes the answer to a request, unless its client is gone. */
  void write(Http2Exchange exchange, HttpAnswer answer) {
    ChannelHandlerContext target = context;
    Http2Stream stream = connection().stream(exchange.streamId());
    if (target == null || stream == null) {
      return;
    }
    exchange.writing(System.nanoTime());
    ChannelPromise written = target.newPromise();
    written.addListener(done -> stopSending(target, stream));
    boolean bodiless = answer.body().length == 0 || exchange.method().equals("HEAD");
    encoder()
        .writeHeaders(
            target,
            stream.id(),
            head(exchange, answer),
            0,
            bodiless,
            bodiless ? written : target.newPromise());
    if (!bodiless) {
      encoder()
          .writeData(target, stream.id(), Unpooled.wrappedBuffer(answer.body()), 0, true, written);
    }
    flush(target);
  }

  /** Opens a stream's window again for what has been read of it later than it came. */
  void consume(Http2Stream stream, int bytes) {
    ChannelHandlerContext target = context;
    if (target == null || bytes == 0) {
      return;
    }
    try {
      decoder().flowController().consumeBytes(stream, bytes);
    } catch (Http2Exception e) {
      onError(target, false, e);
    }
    flush(target);
  }

  /** Lets a client send its body that waits to be asked. */
  void writeContinue(Http2Exchange exchange) {
    if (context != null) {
      Http2Headers head = new DefaultHttp2Headers(false).status(CONTINUE.codeAsText());
      encoder().writeHeaders(context, exchange.streamId(), head, 0, false, context.newPromise());
      flush(context);
    }
  }

  private void stopSending(ChannelHandlerContext target, Http2Stream stream) {
    if (stream.state().remoteSideOpen()) {
      resetStream(target, stream.id(), Http2Error.NO_ERROR.code(), target.newPromise());
      flush(target);
    }
  }

  /** Closes an idle connection, and resets streams whose client takes too long. */
  private void endOverdue(ChannelHandlerContext target) {
    long now = System.nanoTime();
    if (requests.isIdle(now)) {
      target.channel().close();
      return;
    }
    for (int streamId : requests.overdue(now)) {
      resetStream(target, streamId, Http2Error.CANCEL.code(), target.newPromise());
    }
    flush(target);
  }

  private Http2Headers head(Http2Exchange exchange, HttpAnswer answer) {
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .status(HttpResponseStatus.valueOf(answer.status()).codeAsText());
    server.config().answerHeaders().forEach((name, value) -> head.set(lower(name), value));
    server.cors().headers(exchange).forEach(head::set);
    if (!answer.isBodiless()) {
      head.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
      head.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    answer.headers().forEach(head::set);
    return head;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Builder> {
    private final HttpServer server;
    private final Channel channel;

    Builder(HttpServer server, Channel channel) {
      this.server = server;
      this.channel = channel;
      server(true);
      initialSettings(
          new Http2Settings()
              .maxConcurrentStreams(STREAMS_MAX)
              .initialWindowSize(WINDOW_BYTES)
              .maxHeaderListSize(HEADER_BYTES_MAX));
    }

    @Override
    protected Http2Connection build() {
      return super.build();
    }

    @Override
    protected Http2Connection build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      Http2Connection made = new Http2Connection(decoder, encoder, settings, server, channel);
      frameListener(made.requests);
      return made;
    }
  }
}
