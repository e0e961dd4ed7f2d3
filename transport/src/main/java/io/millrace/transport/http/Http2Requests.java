package io.millrace.transport.http;

import io.millrace.transport.BodyFault;
import io.millrace.transport.BodyPace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one HTTP/2 connection, one per stream.
 *
 * <p>What arrives is copied into the request's reserved array at once, so the flow control window
 * opens again at once and the connection holds no bytes of its own. Only as long as a handler
 * decides whether it wants a body the bytes wait, and the window with them.
 *
 * <p>Confined to the channel's event loop.
 */
final class Http2Requests extends Http2EventAdapter {
  private final HttpServer server;
  private final Channel channel;
  private final Http2Connection connection;
  private final PropertyKey exchangeKey;
  private final HttpTimeouts timeouts;
  private long idleSinceNanos = System.nanoTime();
  private boolean isNew = true; // no request so far

  Http2Requests(HttpServer server, Channel channel, Http2Connection connection) {
    this.server = server;
    this.channel = channel;
    this.connection = connection;
    exchangeKey = connection.connection().newKey();
    timeouts = server.config().timeouts();
  }

  /** Returns whether the client has been silent for too long since the last stream closed. */
  boolean isIdle(long nowNanos) {
    Duration limit = isNew ? timeouts.head() : timeouts.idle();
    return connection.connection().numActiveStreams() == 0
        && limit.isPositive()
        && nowNanos - idleSinceNanos > limit.toNanos();
  }

  /** Returns the streams whose client takes too long. */
  List<Integer> overdue(long nowNanos) {
    List<Integer> slow = new ArrayList<>();
    try {
      connection.connection().forEachActiveStream(stream -> addIfOverdue(stream, nowNanos, slow));
    } catch (Http2Exception e) { // the visitor throws none
      throw new IllegalStateException(e);
    }
    return slow;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    onHeadersRead(context, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream) {
    Http2Stream stream = connection.connection().stream(streamId);
    Http2Exchange exchange = exchange(stream); // trailers find one
    if (exchange == null) {
      isNew = false;
      exchange = new Http2Exchange(connection, channel, streamId, headers);
      stream.setProperty(exchangeKey, exchange);
      begin(exchange, headers);
    }
    if (endOfStream && exchange.isUndecided()) {
      exchange.holdEnd();
    } else if (endOfStream) {
      end(exchange);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    int processed = data.readableBytes() + padding;
    Http2Exchange exchange = exchange(connection.connection().stream(streamId));
    if (exchange != null && exchange.isUndecided()) {
      exchange.hold(data.retain(), processed);
      if (endOfStream) {
        exchange.holdEnd();
      }
      return 0;
    }
    if (exchange != null) {
      append(exchange, data);
      if (endOfStream) {
        end(exchange);
      }
    }
    return processed;
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    idleSinceNanos = System.nanoTime();
    Http2Exchange exchange = exchange(stream);
    if (exchange != null) {
      exchange.discard();
    }
  }

  private boolean addIfOverdue(Http2Stream stream, long nowNanos, List<Integer> slow) {
    Http2Exchange exchange = exchange(stream);
    if (exchange != null && exchange.isOverdue(nowNanos, timeouts)) {
      slow.add(stream.id());
    }
    return true;
  }

  private void begin(Http2Exchange exchange, Http2Headers headers) {
    HttpAnswer preflight = server.cors().preflight(exchange);
    if (preflight != null) {
      exchange.answer(preflight);
      return;
    }
    HttpHandler handler = server.handler(exchange.path());
    if (handler == null) {
      exchange.answer(HttpAnswer.text(404, "404 page not found\n"));
      return;
    }
    exchange.undecided();
    handler.decide(exchange, early -> onLoop(() -> decided(exchange, handler, headers, early)));
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** Reads the body, unless there is an answer; begins with what has waited. */
  private void decided(
      Http2Exchange exchange,
      HttpHandler handler,
      Http2Headers headers,
      @Nullable HttpAnswer early) {
    Http2Stream stream = connection.connection().stream(exchange.streamId());
    if (stream == null) {
      exchange.discard();
      return;
    }
    if (early == null) {
      beginBody(exchange, handler, headers);
    } else {
      exchange.answer(early);
    }
    boolean isWhole = exchange.isEndHeld();
    int heldBytes = exchange.decided(data -> append(exchange, data));
    connection.consume(stream, heldBytes);
    if (isWhole) {
      end(exchange);
    }
  }

  private void beginBody(Http2Exchange exchange, HttpHandler handler, Http2Headers headers) {
    InboundBody body =
        new InboundBody(
            server.budget(),
            server.config().body(),
            headers.getLong(HttpHeaderNames.CONTENT_LENGTH, -1),
            exchange.header("content-encoding"));
    BodyFault fault = body.begin();
    exchange.receive(handler, body, new BodyPace(timeouts.body(), System.nanoTime()));
    if (fault != null) {
      exchange.fail(fault);
    } else if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(exchange.header("expect"))) {
      connection.writeContinue(exchange);
    }
  }

  private static void append(Http2Exchange exchange, ByteBuf data) {
    exchange.read(data.readableBytes());
    InboundBody body = exchange.body();
    BodyFault fault = body == null ? null : body.append(data);
    if (fault != null) {
      exchange.fail(fault);
    }
  }

  private static void end(Http2Exchange exchange) {
    InboundBody body = exchange.body();
    if (body == null) {
      return;
    }
    BodyFault fault = body.end();
    if (fault != null) {
      exchange.fail(fault);
    } else {
      exchange.hand(body);
    }
  }

  private @Nullable Http2Exchange exchange(@Nullable Http2Stream stream) {
    return stream == null ? null : stream.getProperty(exchangeKey);
  }
}
